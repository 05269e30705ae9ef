import { sumLanes } from "./vector";

/** Bytes of a group of trajectories that go through the recursion together: two vectors. */
const GROUP = 32;
/** Rows taken together: their sums share the loads of the responses. */
const BAND = 4;

/** Sums of a band, two vectors a row. */
const band = memory.data(BAND * GROUP, 64);

export function averageResponses64(
  nodes: i32, lanes: i32, memory: usize, decay: usize, source: usize, weight: usize, room: usize, sums: usize,
  largest: usize,
): void {
  average<f64>(nodes, lanes, memory, decay, source, weight, room, sums, largest);
}

export function averageResponses32(
  nodes: i32, lanes: i32, memory: usize, decay: usize, source: usize, weight: usize, room: usize, sums: usize,
  largest: usize,
): void {
  average<f32>(nodes, lanes, memory, decay, source, weight, room, sums, largest);
}

export function advanceResponses64(
  node: i32, nodes: i32, lanes: i32, memory: usize, decay: usize, source: usize, weight: usize, history: usize,
  sums: usize, largest: usize,
): void {
  advance<f64>(node, nodes, lanes, memory, decay, source, weight, history, sums, largest);
}

export function advanceResponses32(
  node: i32, nodes: i32, lanes: i32, memory: usize, decay: usize, source: usize, weight: usize, history: usize,
  sums: usize, largest: usize,
): void {
  advance<f32>(node, nodes, lanes, memory, decay, source, weight, history, sums, largest);
}

/** See Kernels.averageResponses: group by group, a column of the response after the other. */
// @ts-ignore: decorator
@inline
function average<T>(
  nodes: i32, lanes: i32, memory: usize, decay: usize, source: usize, weight: usize, room: usize, sums: usize,
  largest: usize,
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
      const first = j & ~(BAND - 1);
      for (let i = first; i <= j; i++) {
        v128.store(column + <usize>i * GROUP, v128.splat<T>(0));
        v128.store(column + <usize>i * GROUP, v128.splat<T>(0), 16);
      }
      for (let k = first; k < nodes - 1; k += BAND) {
        const weights = room + <usize>(k / BAND) * panel;
        sumBand<T>(k - first, weights + <usize>first * BAND * sizeof<T>(), column + <usize>first * GROUP);
        const high = min(BAND, nodes - 1 - k);
        for (let q = max(0, j - k); q < high; q++) {
          const at = <usize>(k + q) * row + group;
          let t0: v128;
          let t1: v128;
          if (k + q == j) {
            t0 = v128.load(source + at);
            t1 = v128.load(source + at, 16);
          } else {
            let s0 = v128.load(band + <usize>q * GROUP);
            let s1 = v128.load(band + <usize>q * GROUP, 16);
            for (let p = 0; p < q; p++) {
              const w = v128.load_splat<T>(weights + <usize>((k + p) * BAND + q) * sizeof<T>());
              const old = column + <usize>(k + p) * GROUP;
              s0 = v128.add<T>(s0, v128.mul<T>(w, v128.load(old)));
              s1 = v128.add<T>(s1, v128.mul<T>(w, v128.load(old, 16)));
            }
            const last = column + <usize>(k + q) * GROUP;
            t0 = v128.add<T>(v128.mul<T>(v128.load(decay + at), v128.load(last)), s0);
            t1 = v128.add<T>(v128.mul<T>(v128.load(decay + at, 16), v128.load(last, 16)), s1);
          }
          const to = column + <usize>(k + q + 1) * GROUP;
          v128.store(to, t0);
          v128.store(to, t1, 16);
          const entry = sums + (<usize>(k + q + 1) * <usize>nodes + <usize>j) * 8;
          const weighing = weight + at + row;
          store<f64>(entry, load<f64>(entry) + total<T>(v128.load(weighing), v128.load(weighing, 16), t0, t1));
          most0 = v128.pmax<T>(v128.abs<T>(t0), most0);
          most1 = v128.pmax<T>(v128.abs<T>(t1), most1);
        }
      }
    }
    v128.store(largest + group, most0);
    v128.store(largest + group, most1, 16);
  }
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
  node: i32, nodes: i32, lanes: i32, memory: usize, decay: usize, source: usize, weight: usize, history: usize,
  sums: usize, largest: usize,
): void {
  const row = <usize>lanes * sizeof<T>();
  let column = history;
  for (let group: usize = 0; group < row; group += GROUP) {
    const d0 = v128.load(decay + group);
    const d1 = v128.load(decay + group, 16);
    const w0 = v128.load(weight + group);
    const w1 = v128.load(weight + group, 16);
    let most0 = v128.load(largest + group);
    let most1 = v128.load(largest + group, 16);
    for (let j = 0; j < nodes - 1; j++) {
      if (j <= node) {
        const to = column + <usize>(node - j) * GROUP;
        let t0: v128;
        let t1: v128;
        if (j == node) {
          t0 = v128.load(source + group);
          t1 = v128.load(source + group, 16);
        } else {
          t0 = v128.mul<T>(d0, v128.load(to - GROUP));
          t1 = v128.mul<T>(d1, v128.load(to - GROUP, 16));
          let s0 = v128.splat<T>(0);
          let s1 = s0;
          let m = memory + <usize>(j + 1) * sizeof<T>();
          let from = column;
          for (; from + 2 * GROUP < to; from += 2 * GROUP) {
            const m0 = v128.load_splat<T>(m);
            t0 = v128.add<T>(t0, v128.mul<T>(m0, v128.load(from)));
            t1 = v128.add<T>(t1, v128.mul<T>(m0, v128.load(from, 16)));
            const m1 = v128.load_splat<T>(m, sizeof<T>());
            s0 = v128.add<T>(s0, v128.mul<T>(m1, v128.load(from, 32)));
            s1 = v128.add<T>(s1, v128.mul<T>(m1, v128.load(from, 48)));
            m += 2 * sizeof<T>();
          }
          if (from + GROUP < to) {
            const m0 = v128.load_splat<T>(m);
            t0 = v128.add<T>(t0, v128.mul<T>(m0, v128.load(from)));
            t1 = v128.add<T>(t1, v128.mul<T>(m0, v128.load(from, 16)));
          }
          t0 = v128.add<T>(t0, s0);
          t1 = v128.add<T>(t1, s1);
        }
        v128.store(to, t0);
        v128.store(to, t1, 16);
        const entry = sums + (<usize>j << 3);
        store<f64>(entry, load<f64>(entry) + total<T>(w0, w1, t0, t1));
        most0 = v128.pmax<T>(v128.abs<T>(t0), most0);
        most1 = v128.pmax<T>(v128.abs<T>(t1), most1);
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
