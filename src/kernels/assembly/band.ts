/** Dot products of the last band, in the order of its rows. */
const dots = memory.data(32, 16);

/**
 * Four rows of `count` numbers: adds w0 row0 + … + w3 row3 to `sums`, and leaves row_q · along in `bandDot(q)`.
 * Every number of the rows is read once for two products, which is what bounds the speed.
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
  const v0 = f64x2.splat(w0);
  const v1 = f64x2.splat(w1);
  const v2 = f64x2.splat(w2);
  const v3 = f64x2.splat(w3);
  let d0 = f64x2.splat(0);
  let d1 = d0;
  let d2 = d0;
  let d3 = d0;
  const end = along + (<usize>(count & ~3) << 3);
  const last = along + (<usize>count << 3);
  while (along < end) {
    const x = v128.load(along);
    const p0 = v128.load(row0);
    const p1 = v128.load(row1);
    const p2 = v128.load(row2);
    const p3 = v128.load(row3);
    d0 = f64x2.add(d0, f64x2.mul(x, p0));
    d1 = f64x2.add(d1, f64x2.mul(x, p1));
    d2 = f64x2.add(d2, f64x2.mul(x, p2));
    d3 = f64x2.add(d3, f64x2.mul(x, p3));
    v128.store(
      sums,
      f64x2.add(
        v128.load(sums),
        f64x2.add(
          f64x2.add(f64x2.mul(v0, p0), f64x2.mul(v1, p1)),
          f64x2.add(f64x2.mul(v2, p2), f64x2.mul(v3, p3)),
        ),
      ),
    );
    const y = v128.load(along, 16);
    const q0 = v128.load(row0, 16);
    const q1 = v128.load(row1, 16);
    const q2 = v128.load(row2, 16);
    const q3 = v128.load(row3, 16);
    d0 = f64x2.add(d0, f64x2.mul(y, q0));
    d1 = f64x2.add(d1, f64x2.mul(y, q1));
    d2 = f64x2.add(d2, f64x2.mul(y, q2));
    d3 = f64x2.add(d3, f64x2.mul(y, q3));
    v128.store(
      sums,
      f64x2.add(
        v128.load(sums, 16),
        f64x2.add(
          f64x2.add(f64x2.mul(v0, q0), f64x2.mul(v1, q1)),
          f64x2.add(f64x2.mul(v2, q2), f64x2.mul(v3, q3)),
        ),
      ),
      16,
    );
    along += 32;
    sums += 32;
    row0 += 32;
    row1 += 32;
    row2 += 32;
    row3 += 32;
  }
  let s0 = sum(d0);
  let s1 = sum(d1);
  let s2 = sum(d2);
  let s3 = sum(d3);
  while (along < last) {
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
    along += 8;
    sums += 8;
    row0 += 8;
    row1 += 8;
    row2 += 8;
    row3 += 8;
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

// @ts-ignore: decorator
@inline
function sum(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}
