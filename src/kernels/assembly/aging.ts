/** Bytes of the eight weights of a place, of a pair, and of a table's entry: the pairs of both directions. */
const STENCIL: usize = 64;
const PAIR: usize = 16;
const ENTRY: usize = 32;
const ROWS: i32 = 6;

/** Σ_q weights[q] pair[q] of eight pairs. */
// @ts-ignore: decorator
@inline
function gather(weights: usize, pairs: usize): v128 {
  let a = f64x2.mul(v128.load64_splat(weights), v128.load(pairs));
  let b = f64x2.mul(v128.load64_splat(weights, 8), v128.load(pairs, 16));
  a = f64x2.add(a, f64x2.mul(v128.load64_splat(weights, 16), v128.load(pairs, 32)));
  b = f64x2.add(b, f64x2.mul(v128.load64_splat(weights, 24), v128.load(pairs, 48)));
  a = f64x2.add(a, f64x2.mul(v128.load64_splat(weights, 32), v128.load(pairs, 64)));
  b = f64x2.add(b, f64x2.mul(v128.load64_splat(weights, 40), v128.load(pairs, 80)));
  a = f64x2.add(a, f64x2.mul(v128.load64_splat(weights, 48), v128.load(pairs, 96)));
  b = f64x2.add(b, f64x2.mul(v128.load64_splat(weights, 56), v128.load(pairs, 112)));
  return f64x2.add(a, b);
}

/** pair[q] += factor · weights[q], for eight pairs. */
// @ts-ignore: decorator
@inline
function scatter(weights: usize, factor: v128, pairs: usize): void {
  v128.store(pairs, f64x2.add(v128.load(pairs), f64x2.mul(v128.load64_splat(weights), factor)));
  v128.store(pairs, f64x2.add(v128.load(pairs, 16), f64x2.mul(v128.load64_splat(weights, 8), factor)), 16);
  v128.store(pairs, f64x2.add(v128.load(pairs, 32), f64x2.mul(v128.load64_splat(weights, 16), factor)), 32);
  v128.store(pairs, f64x2.add(v128.load(pairs, 48), f64x2.mul(v128.load64_splat(weights, 24), factor)), 48);
  v128.store(pairs, f64x2.add(v128.load(pairs, 64), f64x2.mul(v128.load64_splat(weights, 32), factor)), 64);
  v128.store(pairs, f64x2.add(v128.load(pairs, 80), f64x2.mul(v128.load64_splat(weights, 40), factor)), 80);
  v128.store(pairs, f64x2.add(v128.load(pairs, 96), f64x2.mul(v128.load64_splat(weights, 48), factor)), 96);
  v128.store(pairs, f64x2.add(v128.load(pairs, 112), f64x2.mul(v128.load64_splat(weights, 56), factor)), 112);
}

// @ts-ignore: decorator
@inline
function pairOf(a: f64, b: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(a), 1, b);
}

// @ts-ignore: decorator
@inline
function number(array: usize, at: usize): f64 {
  return load<f64>(array + (at << 3));
}

export function interpolatePairs(
  count: usize,
  starts: usize,
  weights: usize,
  inverseDensity: usize,
  row: usize,
  correlation: usize,
  response: usize,
): void {
  for (let e: usize = 0; e < count; e++) {
    const pair = gather(weights + e * STENCIL, row + <usize>load<i32>(starts + (e << 2)) * PAIR);
    store<f64>(correlation + (e << 3), f64x2.extract_lane(pair, 0));
    store<f64>(response + (e << 3), f64x2.extract_lane(pair, 1) * number(inverseDensity, e));
  }
}

export function interpolateRows(
  count: usize,
  size: usize,
  starts: usize,
  weights: usize,
  inverseDensity: usize,
  rows: usize,
  rowStarts: usize,
  rowWeights: usize,
  scale: usize,
  table: usize,
): void {
  const ones = f64x2.splat(1);
  for (let e: usize = 0; e < count; e++) {
    const first = load<i32>(rowStarts + (e << 2));
    const to = table + e * ENTRY;
    if (first < 0) {
      v128.store(to, ones);
      v128.store(to, ones, 16);
      continue;
    }
    for (let side: usize = 0; side < 2; side++) {
      const place = 2 * e + side;
      const stencil = weights + place * STENCIL;
      let from = rows + (<usize>first * size + <usize>load<i32>(starts + (place << 2))) * PAIR;
      let sum = f64x2.splat(0);
      for (let q = 0; q < ROWS; q++) {
        const at = rowWeights + (e * <usize>ROWS + <usize>q) * 8;
        if (load<f64>(at) != 0) sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(at), gather(stencil, from)));
        from += size * PAIR;
      }
      const factor = pairOf(1, number(inverseDensity, place) * number(scale, e));
      v128.store(table + place * PAIR, f64x2.mul(sum, factor));
    }
  }
}

export function completeOuter(
  count: usize,
  starts: usize,
  weights: usize,
  inverseDensity: usize,
  ownCorrelation: usize,
  ownResponse: usize,
  row: usize,
  past: usize,
  table: usize,
): void {
  for (let e: usize = 0; e < count; e++) {
    const ofC = number(ownCorrelation, e);
    const ofR = number(ownResponse, e);
    for (let place = 2 * e; place < 2 * e + 2; place++) {
      let pair = v128.load(past + place * PAIR);
      if (ofC != 0) {
        const own = gather(weights + place * STENCIL, row + <usize>load<i32>(starts + (place << 2)) * PAIR);
        pair = f64x2.add(pair, f64x2.mul(own, pairOf(ofC, ofR * number(inverseDensity, place))));
      }
      v128.store(table + place * PAIR, pair);
    }
  }
}

export function completeInner(
  size: usize,
  ownCorrelation: usize,
  ownResponse: usize,
  inverseDensity: usize,
  row: usize,
  past: usize,
  table: usize,
): void {
  for (let j: usize = 0; j < size; j++) {
    const ownOfJ = pairOf(number(ownCorrelation, j), number(ownResponse, j));
    const rowAtJ = f64x2.mul(v128.load(row + j * PAIR), pairOf(1, number(inverseDensity, j)));
    for (let k: usize = 0; k <= j; k++) {
      const rowAtK = f64x2.mul(v128.load(row + k * PAIR), pairOf(1, number(inverseDensity, k)));
      const ownOfK = pairOf(number(ownCorrelation, k), number(ownResponse, k));
      v128.store(table, f64x2.add(v128.load(past), f64x2.mul(ownOfJ, rowAtK)));
      v128.store(table, f64x2.add(v128.load(past, 16), f64x2.mul(ownOfK, rowAtJ)), 16);
      table += ENTRY;
      past += ENTRY;
    }
  }
}

export function contractMemory(
  size: usize,
  innerResponse: usize,
  innerFirst: usize,
  innerSecond: usize,
  outerResponse: usize,
  outerSecond: usize,
  innerTable: usize,
  outerTable: usize,
  weight: usize,
  sums: usize,
): void {
  memory.fill(sums, 0, size * ENTRY);
  let e: usize = 0;
  for (let j: usize = 0; j < size; j++) {
    const ofJ = sums + j * ENTRY;
    const weightOfJ = v128.load64_splat(weight + (j << 3));
    let inner = v128.load(ofJ);
    let outer = v128.load(ofJ, 16);
    for (let k: usize = 0; k <= j; k++) {
      const weightOfK = v128.load64_splat(weight + (k << 3));
      const factor = pairOf(number(innerSecond, e) * number(innerResponse, e), number(innerFirst, e));
      const kernel = f64x2.splat(number(outerSecond, e) * number(outerResponse, e));
      const innerOf = innerTable + e * ENTRY;
      const outerOf = outerTable + e * ENTRY;
      inner = f64x2.add(inner, f64x2.mul(f64x2.mul(weightOfK, factor), v128.load(innerOf)));
      outer = f64x2.add(outer, f64x2.mul(f64x2.mul(weightOfK, kernel), v128.load(outerOf)));
      if (k < j) {
        const ofK = sums + k * ENTRY;
        const innerTerm = f64x2.mul(f64x2.mul(weightOfJ, factor), v128.load(innerOf, 16));
        const outerTerm = f64x2.mul(f64x2.mul(weightOfJ, kernel), v128.load(outerOf, 16));
        v128.store(ofK, f64x2.add(v128.load(ofK), innerTerm));
        v128.store(ofK, f64x2.add(v128.load(ofK, 16), outerTerm), 16);
      }
      e++;
    }
    v128.store(ofJ, inner);
    v128.store(ofJ, outer, 16);
  }
}

export function addInnerJacobian(
  size: usize,
  response: usize,
  first: usize,
  second: usize,
  third: usize,
  table: usize,
  starts: usize,
  weights: usize,
  inverseDensity: usize,
  ownCorrelation: usize,
  ownResponse: usize,
  phi: usize,
  weight: usize,
  nodeInverseDensity: usize,
  matrix: usize,
): void {
  const line = 2 * size * PAIR;
  for (let j: usize = 0; j < size; j++) {
    const to = matrix + j * line;
    const ownOfJ = pairOf(number(ownCorrelation, j), number(ownResponse, j));
    for (let k: usize = 0; k < size; k++) {
      const e = entryOf(j, k);
      const pairs = table + e * ENTRY + (k > j ? PAIR : 0);
      const w = number(phi, j) * number(weight, k);
      const c = load<f64>(pairs);
      const r = load<f64>(pairs, 8);
      const slope = number(second, e);
      const along = number(response, e);
      const byC = w * (number(third, e) * along * c + slope * r);
      const byDensity = w * slope * c * number(inverseDensity, e);
      const at = to + <usize>load<i32>(starts + (e << 2)) * PAIR;
      scatter(weights + e * STENCIL, pairOf(byC, byDensity), at);
      // Through the table: what it has of the row itself, at node k.
      const own = pairOf(w * slope * along, w * number(first, e) * number(nodeInverseDensity, k));
      const ownAt = to + k * PAIR;
      v128.store(ownAt, f64x2.add(v128.load(ownAt), f64x2.mul(own, ownOfJ)));
    }
  }
}

export function addOuterJacobian(
  size: usize,
  response: usize,
  second: usize,
  third: usize,
  table: usize,
  starts: usize,
  weights: usize,
  inverseDensity: usize,
  ratioStarts: usize,
  ratioWeights: usize,
  ratioInverseDensity: usize,
  ownCorrelation: usize,
  ownResponse: usize,
  psi: usize,
  weight: usize,
  matrix: usize,
): void {
  const half = size * PAIR;
  for (let j: usize = 0; j < size; j++) {
    const to = matrix + 2 * j * half;
    for (let k: usize = 0; k < size; k++) {
      const e = entryOf(j, k);
      const place = 2 * e + (k > j ? 1 : 0);
      const pairs = table + place * PAIR;
      const w = number(psi, j) * number(weight, k);
      const slope = w * number(second, e);
      const along = number(response, e);
      const factor = pairOf(w * number(third, e) * along, slope * number(inverseDensity, e));
      const at = to + <usize>load<i32>(starts + (e << 2)) * PAIR;
      scatter(weights + e * STENCIL, f64x2.mul(factor, v128.load64_splat(pairs)), at);
      scatter(weights + e * STENCIL, f64x2.mul(factor, v128.load64_splat(pairs, 8)), at + half);
      const ofC = number(ownCorrelation, e);
      if (ofC == 0) continue;
      const kernel = slope * along;
      const byDensity = kernel * number(ownResponse, e) * number(ratioInverseDensity, place);
      const own = to + <usize>load<i32>(ratioStarts + (place << 2)) * PAIR;
      scatter(ratioWeights + place * STENCIL, pairOf(kernel * ofC, 0), own);
      scatter(ratioWeights + place * STENCIL, pairOf(0, byDensity), own + half);
    }
  }
}

/** Entry of the nodes j and k, in either order. */
// @ts-ignore: decorator
@inline
function entryOf(j: usize, k: usize): usize {
  return k > j ? ((k * (k + 1)) >> 1) + j : ((j * (j + 1)) >> 1) + k;
}
