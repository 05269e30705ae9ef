/*
 * Walsh and Hadamard's transform: eight vectors of four numbers at a time in registers, first those that stand far apart, then
 * the eighths by themselves, which fit into ever nearer caches.
 */

export function walshHadamard(count: i32, x: usize): void {
  transform(x, count >> 2);
}

/** Of n vectors, a power of 2. */
function transform(x: usize, n: i32): void {
  if (n === 8) {
    eightVectors(x);
    return;
  }
  if (n >= 64) {
    const part = <usize>(n >> 3) << 4;
    for (let at = x; at < x + part; at += 16) eightApart(at, part);
    for (let k: usize = 0; k < 8; k++) transform(x + k * part, n >> 3);
    return;
  }
  if (n === 32) {
    for (let at = x; at < x + 128; at += 16) fourApart(at, 128);
    for (let k: usize = 0; k < 4; k++) eightVectors(x + 128 * k);
    return;
  }
  if (n === 1) {
    v128.store(x, insideLanes(v128.load(x)));
    return;
  }
  // 16, 4 or 2
  const part = <usize>(n >> 1) << 4;
  for (let at = x; at < x + part; at += 16) {
    const a = v128.load(at);
    const b = v128.load(at + part);
    v128.store(at, f32x4.add(a, b));
    v128.store(at + part, f32x4.sub(a, b));
  }
  transform(x, n >> 1);
  transform(x + part, n >> 1);
}

/** The transform of the four numbers in a vector. */
// @ts-ignore: decorator
@inline
function insideLanes(v: v128): v128 {
  const pairs = f32x4.add(
    v128.xor(v, i32x4(0, 0x80000000, 0, 0x80000000)),
    i32x4.shuffle(v, v, 1, 0, 3, 2),
  );
  return f32x4.add(
    v128.xor(pairs, i32x4(0, 0, 0x80000000, 0x80000000)),
    i32x4.shuffle(pairs, pairs, 2, 3, 0, 1),
  );
}

// @ts-ignore: decorator
@inline
function fourApart(x: usize, part: usize): void {
  const a0 = v128.load(x);
  const a1 = v128.load(x + part);
  const a2 = v128.load(x + 2 * part);
  const a3 = v128.load(x + 3 * part);
  const b0 = f32x4.add(a0, a1);
  const b1 = f32x4.sub(a0, a1);
  const b2 = f32x4.add(a2, a3);
  const b3 = f32x4.sub(a2, a3);
  v128.store(x, f32x4.add(b0, b2));
  v128.store(x + part, f32x4.add(b1, b3));
  v128.store(x + 2 * part, f32x4.sub(b0, b2));
  v128.store(x + 3 * part, f32x4.sub(b1, b3));
}

// @ts-ignore: decorator
@inline
function eightApart(x: usize, part: usize): void {
  store8(
    x,
    part,
    v128.load(x),
    v128.load(x + part),
    v128.load(x + 2 * part),
    v128.load(x + 3 * part),
    v128.load(x + 4 * part),
    v128.load(x + 5 * part),
    v128.load(x + 6 * part),
    v128.load(x + 7 * part),
  );
}

/** Eight vectors that follow each other, with what is inside them. */
function eightVectors(x: usize): void {
  store8(
    x,
    16,
    insideLanes(v128.load(x)),
    insideLanes(v128.load(x, 16)),
    insideLanes(v128.load(x, 32)),
    insideLanes(v128.load(x, 48)),
    insideLanes(v128.load(x, 64)),
    insideLanes(v128.load(x, 80)),
    insideLanes(v128.load(x, 96)),
    insideLanes(v128.load(x, 112)),
  );
}

/** Stores the transform over eight vectors. */
// @ts-ignore: decorator
@inline
function store8(
  x: usize, part: usize, a0: v128, a1: v128, a2: v128, a3: v128, a4: v128, a5: v128, a6: v128, a7: v128,
): void {
  const b0 = f32x4.add(a0, a1);
  const b1 = f32x4.sub(a0, a1);
  const b2 = f32x4.add(a2, a3);
  const b3 = f32x4.sub(a2, a3);
  const b4 = f32x4.add(a4, a5);
  const b5 = f32x4.sub(a4, a5);
  const b6 = f32x4.add(a6, a7);
  const b7 = f32x4.sub(a6, a7);
  const c0 = f32x4.add(b0, b2);
  const c1 = f32x4.add(b1, b3);
  const c2 = f32x4.sub(b0, b2);
  const c3 = f32x4.sub(b1, b3);
  const c4 = f32x4.add(b4, b6);
  const c5 = f32x4.add(b5, b7);
  const c6 = f32x4.sub(b4, b6);
  const c7 = f32x4.sub(b5, b7);
  v128.store(x, f32x4.add(c0, c4));
  v128.store(x + part, f32x4.add(c1, c5));
  v128.store(x + 2 * part, f32x4.add(c2, c6));
  v128.store(x + 3 * part, f32x4.add(c3, c7));
  v128.store(x + 4 * part, f32x4.sub(c0, c4));
  v128.store(x + 5 * part, f32x4.sub(c1, c5));
  v128.store(x + 6 * part, f32x4.sub(c2, c6));
  v128.store(x + 7 * part, f32x4.sub(c3, c7));
}
