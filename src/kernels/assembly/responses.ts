import { sumLanes } from "./vector";

/** Bytes of a group of trajectories that go through the recursion together: two vectors. */
const GROUP = 32;
/** Rows taken together: their sums share the loads of the responses. */
const BAND = 4;

/** Sums of a band, two vectors a row. */
const band = memory.data(BAND * GROUP, 64);

export function averageResponses64(
  nodes: i32, lanes: i32, memory: usize, scale: usize, free: usize, step: usize, first: usize, second: usize,
  third: usize, weight: usize, room: usize, sums: usize, largest: usize,
): void {
  average<f64>(nodes, lanes, memory, scale, free, step, first, second, third, weight, room, sums, largest);
}

export function averageResponses32(
  nodes: i32, lanes: i32, memory: usize, scale: usize, free: usize, step: usize, first: usize, second: usize,
  third: usize, weight: usize, room: usize, sums: usize, largest: usize,
): void {
  average<f32>(nodes, lanes, memory, scale, free, step, first, second, third, weight, room, sums, largest);
}

export function advanceResponses64(
  node: i32, nodes: i32, lanes: i32, memory: usize, scale: f64, free: f64, step: f64, first: usize, second: usize,
  third: usize, weight: usize, history: usize, sums: usize, largest: usize,
): void {
  advance<f64>(
    node, nodes, lanes, memory, scale, free, step, first, second, third, weight, history, sums, largest,
  );
}

export function advanceResponses32(
  node: i32, nodes: i32, lanes: i32, memory: usize, scale: f64, free: f64, step: f64, first: usize, second: usize,
  third: usize, weight: usize, history: usize, sums: usize, largest: usize,
): void {
  advance<f32>(
    node, nodes, lanes, memory, <f32>scale, <f32>free, <f32>step, first, second, third, weight, history, sums, largest,
  );
}

/** See Kernels.averageResponses: group by group, a column of the response after the other. */
// @ts-ignore: decorator
@inline
function average<T>(
  nodes: i32, lanes: i32, memory: usize, scale: usize, free: usize, step: usize, first: usize, second: usize,
  third: usize, weight: usize, room: usize, sums: usize, largest: usize,
): void {
  const bands = (nodes + BAND - 1) / BAND;
  const panel = <usize>nodes * BAND * sizeof<T>();
  for (let b = 0; b < bands; b++) packBand<T>(nodes, b * BAND, memory, room + <usize>b * panel);
  const column = room + <usize>bands * panel;
  const row = <usize>lanes * sizeof<T>();
  for (let group: usize = 0; group < row; group += GROUP) {
    let most0 = v128.splat<T>(0);
    let most1 = most0;
    for (let j = 0; j < nodes - 1; j++) {
      const top = j & ~(BAND - 1);
      for (let i = top; i <= j; i++) {
        v128.store(column + <usize>i * GROUP, v128.splat<T>(0));
        v128.store(column + <usize>i * GROUP, v128.splat<T>(0), 16);
      }
      const weighing = weight + <usize>j * row + group;
      const w0 = v128.load(weighing);
      const w1 = v128.load(weighing, 16);
      for (let k = top; k < nodes; k += BAND) {
        const weights = room + <usize>(k / BAND) * panel;
        sumBand<T>(k - top, weights + <usize>top * BAND * sizeof<T>(), column + <usize>top * GROUP);
        const high = min(BAND, nodes - k);
        for (let q = max(0, j - k); q < high; q++) {
          const at = <usize>(k + q);
          const now = column + at * GROUP;
          if (k + q == j) {
            const start = v128.load_splat<T>(scale + at * sizeof<T>());
            v128.store(now + GROUP, start);
            v128.store(now + GROUP, start, 16);
            continue;
          }
          const g0 = v128.load(now);
          const g1 = v128.load(now, 16);
          const lane = at * row + group;
          const f0 = forceOf<T>(g0, first + lane, second + lane, third + lane);
          const f1 = forceOf<T>(g1, first + lane + 16, second + lane + 16, third + lane + 16);
          const entry = sums + (at * <usize>nodes + <usize>j) * 8;
          store<f64>(entry, load<f64>(entry) + total<T>(w0, w1, f0, f1));
          most0 = v128.max<T>(v128.abs<T>(g0), most0);
          most1 = v128.max<T>(v128.abs<T>(g1), most1);
          if (k + q == nodes - 1) break;
          let s0 = v128.load(band + <usize>q * GROUP);
          let s1 = v128.load(band + <usize>q * GROUP, 16);
          for (let p = 0; p < q; p++) {
            const w = v128.load_splat<T>(weights + <usize>((k + p) * BAND + q) * sizeof<T>());
            const old = column + <usize>(k + p) * GROUP;
            s0 = v128.add<T>(s0, v128.mul<T>(w, v128.load(old)));
            s1 = v128.add<T>(s1, v128.mul<T>(w, v128.load(old, 16)));
          }
          const f = v128.load_splat<T>(free + at * sizeof<T>());
          const h = v128.load_splat<T>(step + at * sizeof<T>());
          const next0 = v128.add<T>(v128.sub<T>(v128.mul<T>(f, g0), v128.mul<T>(h, f0)), s0);
          const next1 = v128.add<T>(v128.sub<T>(v128.mul<T>(f, g1), v128.mul<T>(h, f1)), s1);
          v128.store(now + GROUP, next0);
          v128.store(now + GROUP, next1, 16);
        }
      }
    }
    v128.store(largest + group, most0);
    v128.store(largest + group, most1, 16);
  }
}

/** first g + second g² + third g³. */
// @ts-ignore: decorator
@inline
function forceOf<T>(g: v128, first: usize, second: usize, third: usize): v128 {
  const bent = v128.add<T>(v128.load(second), v128.mul<T>(g, v128.load(third)));
  return v128.mul<T>(g, v128.add<T>(v128.load(first), v128.mul<T>(g, bent)));
}

/** Four rows of the memory, four numbers for every column left of the diagonal; rows that are not there are zero. */
// @ts-ignore: decorator
@inline
function packBand<T>(nodes: i32, k: i32, memory: usize, to: usize): void {
  const end = min(nodes, k + BAND);
  for (let i = 0; i < end; i++) {
    for (let q = 0; q < BAND; q++) {
      const row = k + q;
      const x = row < nodes && i < row ? load<T>(memory + <usize>(row * nodes + i) * sizeof<T>()) : <T>0;
      store<T>(to, x);
      to += sizeof<T>();
    }
  }
}

/** Sums of four rows of the memory over `count` responses, into `band`. */
// @ts-ignore: decorator
@inline
function sumBand<T>(count: i32, weights: usize, responses: usize): void {
  let s00 = v128.splat<T>(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  const end = responses + <usize>count * GROUP;
  while (responses < end) {
    const t0 = v128.load(responses);
    const t1 = v128.load(responses, 16);
    const w0 = v128.load_splat<T>(weights);
    s00 = v128.add<T>(s00, v128.mul<T>(w0, t0));
    s01 = v128.add<T>(s01, v128.mul<T>(w0, t1));
    const w1 = v128.load_splat<T>(weights, sizeof<T>());
    s10 = v128.add<T>(s10, v128.mul<T>(w1, t0));
    s11 = v128.add<T>(s11, v128.mul<T>(w1, t1));
    const w2 = v128.load_splat<T>(weights, 2 * sizeof<T>());
    s20 = v128.add<T>(s20, v128.mul<T>(w2, t0));
    s21 = v128.add<T>(s21, v128.mul<T>(w2, t1));
    const w3 = v128.load_splat<T>(weights, 3 * sizeof<T>());
    s30 = v128.add<T>(s30, v128.mul<T>(w3, t0));
    s31 = v128.add<T>(s31, v128.mul<T>(w3, t1));
    responses += GROUP;
    weights += BAND * sizeof<T>();
  }
  v128.store(band, s00);
  v128.store(band, s01, 16);
  v128.store(band, s10, 32);
  v128.store(band, s11, 48);
  v128.store(band, s20, 64);
  v128.store(band, s21, 80);
  v128.store(band, s30, 96);
  v128.store(band, s31, 112);
}

/** See Kernels.advanceResponses: the columns of a group lie one after the other, each with its nodes in order. */
// @ts-ignore: decorator
@inline
function advance<T>(
  node: i32, nodes: i32, lanes: i32, memory: usize, scale: T, free: T, step: T, first: usize, second: usize,
  third: usize, weight: usize, history: usize, sums: usize, largest: usize,
): void {
  const row = <usize>lanes * sizeof<T>();
  const start = v128.splat<T>(scale);
  const f = v128.splat<T>(free);
  const h = v128.splat<T>(step);
  let column = history;
  for (let group: usize = 0; group < row; group += GROUP) {
    const lane = <usize>node * row + group;
    let most0 = v128.load(largest + group);
    let most1 = v128.load(largest + group, 16);
    for (let j = 0; j < nodes - 1; j++) {
      if (j <= node) {
        const to = column + <usize>(node - j) * GROUP;
        let g0 = start;
        let g1 = start;
        if (j < node) {
          g0 = v128.load(to - GROUP);
          g1 = v128.load(to - GROUP, 16);
          const f0 = forceOf<T>(g0, first + lane, second + lane, third + lane);
          const f1 = forceOf<T>(g1, first + lane + 16, second + lane + 16, third + lane + 16);
          g0 = v128.sub<T>(v128.mul<T>(f, g0), v128.mul<T>(h, f0));
          g1 = v128.sub<T>(v128.mul<T>(f, g1), v128.mul<T>(h, f1));
          let s0 = v128.splat<T>(0);
          let s1 = s0;
          let m = memory + <usize>(j + 1) * sizeof<T>();
          let from = column;
          for (; from + 2 * GROUP < to; from += 2 * GROUP) {
            const m0 = v128.load_splat<T>(m);
            g0 = v128.add<T>(g0, v128.mul<T>(m0, v128.load(from)));
            g1 = v128.add<T>(g1, v128.mul<T>(m0, v128.load(from, 16)));
            const m1 = v128.load_splat<T>(m, sizeof<T>());
            s0 = v128.add<T>(s0, v128.mul<T>(m1, v128.load(from, 32)));
            s1 = v128.add<T>(s1, v128.mul<T>(m1, v128.load(from, 48)));
            m += 2 * sizeof<T>();
          }
          if (from + GROUP < to) {
            const m0 = v128.load_splat<T>(m);
            g0 = v128.add<T>(g0, v128.mul<T>(m0, v128.load(from)));
            g1 = v128.add<T>(g1, v128.mul<T>(m0, v128.load(from, 16)));
          }
          g0 = v128.add<T>(g0, s0);
          g1 = v128.add<T>(g1, s1);
        }
        v128.store(to, g0);
        v128.store(to, g1, 16);
        const next = lane + row;
        const f0 = forceOf<T>(g0, first + next, second + next, third + next);
        const f1 = forceOf<T>(g1, first + next + 16, second + next + 16, third + next + 16);
        const weighing = weight + <usize>j * row + group;
        const entry = sums + (<usize>j << 3);
        const sum = total<T>(v128.load(weighing), v128.load(weighing, 16), f0, f1);
        store<f64>(entry, load<f64>(entry) + sum);
        most0 = v128.max<T>(v128.abs<T>(g0), most0);
        most1 = v128.max<T>(v128.abs<T>(g1), most1);
      }
      column += <usize>(nodes - 1 - j) * GROUP;
    }
    v128.store(largest + group, most0);
    v128.store(largest + group, most1, 16);
  }
}

/** w0 · t0 + w1 · t1 as a double. */
// @ts-ignore: decorator
@inline
function total<T>(w0: v128, w1: v128, t0: v128, t1: v128): f64 {
  const products = v128.add<T>(v128.mul<T>(w0, t0), v128.mul<T>(w1, t1));
  let pair: v128;
  if (sizeof<T>() == 4) {
    const upper = i8x16.shuffle(products, products, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
    pair = f64x2.add(f64x2.promote_low_f32x4(products), f64x2.promote_low_f32x4(upper));
  } else {
    pair = products;
  }
  return sumLanes<f64>(pair);
}
