/** y ← y + A x, A rows × inner: four rows share the loads of x. */
// @ts-ignore: decorator
@inline
export function rowsTimesVector<T>(rows: i32, inner: i32, a: usize, x: usize, y: usize): void {
  const stride = <usize>inner * sizeof<T>();
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    const row = a + <usize>i * stride;
    dotFour<T>(inner, row, row + stride, row + 2 * stride, row + 3 * stride, x, y + <usize>i * sizeof<T>());
  }
  for (; i < rows; i++) {
    const at = y + <usize>i * sizeof<T>();
    store<T>(at, load<T>(at) + dot<T>(inner, a + <usize>i * stride, x));
  }
}

/** y ← y + Aᵀ x, A inner × rows: four rows of A are added to y at a time. */
// @ts-ignore: decorator
@inline
export function transposedTimesVector<T>(rows: i32, inner: i32, a: usize, x: usize, y: usize): void {
  const stride = <usize>rows * sizeof<T>();
  let k = 0;
  for (; k + 4 <= inner; k += 4) {
    const row = a + <usize>k * stride;
    addFour<T>(rows, row, row + stride, row + 2 * stride, row + 3 * stride, x + <usize>k * sizeof<T>(), y);
  }
  for (; k < inner; k++) {
    const w = load<T>(x + <usize>k * sizeof<T>());
    for (let i = 0; i < rows; i++) {
      const at = <usize>i * sizeof<T>();
      store<T>(y + at, load<T>(y + at) + w * load<T>(a + <usize>k * stride + at));
    }
  }
}

/**
 * y ← y − A x, A(i,k) at a + i·down + k·along, the numbers of x and y `below` and `stride` apart (in numbers): every
 * entry of y gets its terms one after the other, four rows at a time.
 */
export function subtractTimesVector(
  rows: i32,
  inner: i32,
  a: usize,
  down: i32,
  along: i32,
  x: usize,
  below: i32,
  y: usize,
  stride: i32,
): void {
  const toRow = <usize>down << 3;
  const toNext = <usize>along << 3;
  const toX = <usize>below << 3;
  const toY = <usize>stride << 3;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let p0 = a;
    let p1 = a + toRow;
    let p2 = p1 + toRow;
    let p3 = p2 + toRow;
    let from = x;
    let s0 = load<f64>(y);
    let s1 = load<f64>(y + toY);
    let s2 = load<f64>(y + 2 * toY);
    let s3 = load<f64>(y + 3 * toY);
    for (let k = 0; k < inner; k++) {
      const xk = load<f64>(from);
      s0 -= load<f64>(p0) * xk;
      s1 -= load<f64>(p1) * xk;
      s2 -= load<f64>(p2) * xk;
      s3 -= load<f64>(p3) * xk;
      from += toX;
      p0 += toNext;
      p1 += toNext;
      p2 += toNext;
      p3 += toNext;
    }
    store<f64>(y, s0);
    store<f64>(y + toY, s1);
    store<f64>(y + 2 * toY, s2);
    store<f64>(y + 3 * toY, s3);
    a += 4 * toRow;
    y += 4 * toY;
  }
  for (; i < rows; i++) {
    let rest = load<f64>(y);
    for (let k = 0; k < inner; k++) {
      rest -= load<f64>(a + <usize>k * toNext) * load<f64>(x + <usize>k * toX);
    }
    store<f64>(y, rest);
    a += toRow;
    y += toY;
  }
}

// @ts-ignore: decorator
@inline
function dotFour<T>(count: i32, row0: usize, row1: usize, row2: usize, row3: usize, x: usize, y: usize): void {
  const lanes: i32 = 16 / sizeof<T>();
  const end = x + <usize>(count - (count % lanes)) * sizeof<T>();
  const last = x + <usize>count * sizeof<T>();
  let d0 = v128.splat<T>(0);
  let d1 = d0;
  let d2 = d0;
  let d3 = d0;
  while (x < end) {
    const v = v128.load(x);
    d0 = v128.add<T>(d0, v128.mul<T>(v, v128.load(row0)));
    d1 = v128.add<T>(d1, v128.mul<T>(v, v128.load(row1)));
    d2 = v128.add<T>(d2, v128.mul<T>(v, v128.load(row2)));
    d3 = v128.add<T>(d3, v128.mul<T>(v, v128.load(row3)));
    x += 16;
    row0 += 16;
    row1 += 16;
    row2 += 16;
    row3 += 16;
  }
  let s0 = sumLanes<T>(d0);
  let s1 = sumLanes<T>(d1);
  let s2 = sumLanes<T>(d2);
  let s3 = sumLanes<T>(d3);
  while (x < last) {
    const v = load<T>(x);
    s0 += v * load<T>(row0);
    s1 += v * load<T>(row1);
    s2 += v * load<T>(row2);
    s3 += v * load<T>(row3);
    x += sizeof<T>();
    row0 += sizeof<T>();
    row1 += sizeof<T>();
    row2 += sizeof<T>();
    row3 += sizeof<T>();
  }
  store<T>(y, load<T>(y) + s0);
  store<T>(y, load<T>(y, sizeof<T>()) + s1, sizeof<T>());
  store<T>(y, load<T>(y, 2 * sizeof<T>()) + s2, 2 * sizeof<T>());
  store<T>(y, load<T>(y, 3 * sizeof<T>()) + s3, 3 * sizeof<T>());
}

// @ts-ignore: decorator
@inline
function dot<T>(count: i32, row: usize, x: usize): T {
  let s: T = 0;
  for (let i = 0; i < count; i++) {
    const at = <usize>i * sizeof<T>();
    s += load<T>(row + at) * load<T>(x + at);
  }
  return s;
}

// @ts-ignore: decorator
@inline
function addFour<T>(count: i32, row0: usize, row1: usize, row2: usize, row3: usize, x: usize, y: usize): void {
  const lanes: i32 = 16 / sizeof<T>();
  const w0 = load<T>(x);
  const w1 = load<T>(x, sizeof<T>());
  const w2 = load<T>(x, 2 * sizeof<T>());
  const w3 = load<T>(x, 3 * sizeof<T>());
  // From memory, since the engine would spread numbers over the lanes again in every turn of the loop.
  const v0 = v128.load_splat<T>(x);
  const v1 = v128.load_splat<T>(x, sizeof<T>());
  const v2 = v128.load_splat<T>(x, 2 * sizeof<T>());
  const v3 = v128.load_splat<T>(x, 3 * sizeof<T>());
  const end = y + <usize>(count - (count % lanes)) * sizeof<T>();
  const last = y + <usize>count * sizeof<T>();
  while (y < end) {
    const first = v128.add<T>(v128.mul<T>(v0, v128.load(row0)), v128.mul<T>(v1, v128.load(row1)));
    const second = v128.add<T>(v128.mul<T>(v2, v128.load(row2)), v128.mul<T>(v3, v128.load(row3)));
    v128.store(y, v128.add<T>(v128.load(y), v128.add<T>(first, second)));
    y += 16;
    row0 += 16;
    row1 += 16;
    row2 += 16;
    row3 += 16;
  }
  while (y < last) {
    store<T>(y, load<T>(y) + (w0 * load<T>(row0) + w1 * load<T>(row1) + (w2 * load<T>(row2) + w3 * load<T>(row3))));
    y += sizeof<T>();
    row0 += sizeof<T>();
    row1 += sizeof<T>();
    row2 += sizeof<T>();
    row3 += sizeof<T>();
  }
}

// @ts-ignore: decorator
@inline
export function sumLanes<T>(v: v128): T {
  if (sizeof<T>() == 8) return <T>(f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1));
  return <T>(f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3)));
}
