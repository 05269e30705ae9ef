import { sumLanes } from "./vector";

/** Dot products of the last band, in the order of its rows. */
const dots = memory.data(32, 16);
/** Weights of the band. */
const weights = memory.data(32, 16);

/**
 * Four rows of `count` numbers: adds w0 row0 + … + w3 row3 to `sums`, and leaves row_q · along in `bandDot(q)`.
 * Every number of the rows is read once for two products, which is what bounds the speed; a longer body would not fit
 * into the 16 registers of a common processor.
 */
// @ts-ignore: decorator
@inline
export function band(
  count: i32,
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  along: usize,
  sums: usize,
  w0: f64,
  w1: f64,
  w2: f64,
  w3: f64,
): void {
  // By way of memory, since the engine would spread plain numbers over two lanes in every turn of the loop.
  store<f64>(weights, w0);
  store<f64>(weights, w1, 8);
  store<f64>(weights, w2, 16);
  store<f64>(weights, w3, 24);
  const v0 = v128.load64_splat(weights);
  const v1 = v128.load64_splat(weights, 8);
  const v2 = v128.load64_splat(weights, 16);
  const v3 = v128.load64_splat(weights, 24);
  let d0 = f64x2.splat(0);
  let d1 = d0;
  let d2 = d0;
  let d3 = d0;
  const end = <usize>(count & ~1) << 3;
  let j: usize = 0;
  while (j < end) {
    const x = v128.load(along + j);
    const p0 = v128.load(row0 + j);
    const p1 = v128.load(row1 + j);
    const p2 = v128.load(row2 + j);
    const p3 = v128.load(row3 + j);
    v128.store(
      sums + j,
      f64x2.add(
        v128.load(sums + j),
        f64x2.add(
          f64x2.add(f64x2.mul(v0, p0), f64x2.mul(v1, p1)),
          f64x2.add(f64x2.mul(v2, p2), f64x2.mul(v3, p3)),
        ),
      ),
    );
    d0 = f64x2.add(d0, f64x2.mul(x, p0));
    d1 = f64x2.add(d1, f64x2.mul(x, p1));
    d2 = f64x2.add(d2, f64x2.mul(x, p2));
    d3 = f64x2.add(d3, f64x2.mul(x, p3));
    j += 16;
  }
  along += end;
  sums += end;
  row0 += end;
  row1 += end;
  row2 += end;
  row3 += end;
  let s0 = sumLanes<f64>(d0);
  let s1 = sumLanes<f64>(d1);
  let s2 = sumLanes<f64>(d2);
  let s3 = sumLanes<f64>(d3);
  if (count & 1) {
    const x = load<f64>(along);
    const p0 = load<f64>(row0);
    const p1 = load<f64>(row1);
    const p2 = load<f64>(row2);
    const p3 = load<f64>(row3);
    s0 += x * p0;
    s1 += x * p1;
    s2 += x * p2;
    s3 += x * p3;
    store<f64>(sums, load<f64>(sums) + (w0 * p0 + w1 * p1 + (w2 * p2 + w3 * p3)));
  }
  store<f64>(dots, s0, 0);
  store<f64>(dots, s1, 8);
  store<f64>(dots, s2, 16);
  store<f64>(dots, s3, 24);
}

// @ts-ignore: decorator
@inline
export function bandDot(q: i32): f64 {
  return load<f64>(dots + (<usize>q << 3));
}
