import { rowsTimesVector, subtractTimesVector, transposedTimesVector } from "./vector";

/** Depth of the packed panels: a panel of B stays in the second-level cache, a tile of it in the first. */
const DEPTH = 256;
/** Bytes of a tile's row of B: two vectors. */
const TILE = 32;
/** Tiles side by side in a panel. */
const TILES = 16;

const panel = memory.data(DEPTH * TILE * TILES, 64);
const strip = memory.data(DEPTH * TILE, 64);
const corner = memory.data(4 * TILE, 64);

export function multiplyAdd64(rows: i32, inner: i32, columns: i32, a: usize, b: usize, c: usize): void {
  if (columns == 1) return rowsTimesVector<f64>(rows, inner, a, b, c);
  product<f64>(rows, inner, columns, a, inner, 1, b, columns, 1, c, columns, 1);
}

export function multiplyAdd32(rows: i32, inner: i32, columns: i32, a: usize, b: usize, c: usize): void {
  if (columns == 1) return rowsTimesVector<f32>(rows, inner, a, b, c);
  product<f32>(rows, inner, columns, a, inner, 1, b, columns, 1, c, columns, 1);
}

export function multiplyTransposedAdd64(rows: i32, inner: i32, columns: i32, a: usize, b: usize, c: usize): void {
  if (columns == 1) return transposedTimesVector<f64>(rows, inner, a, b, c);
  product<f64>(rows, inner, columns, a, 1, rows, b, columns, 1, c, columns, 1);
}

export function multiplyTransposedAdd32(rows: i32, inner: i32, columns: i32, a: usize, b: usize, c: usize): void {
  if (columns == 1) return transposedTimesVector<f32>(rows, inner, a, b, c);
  product<f32>(rows, inner, columns, a, 1, rows, b, columns, 1, c, columns, 1);
}

/** Fewer columns leave a tile mostly empty. */
const FEW_COLUMNS = 3;

/** C ← C − A B with the strides of {@link product}, and its order of additions. */
export function subtractProduct(
  rows: i32,
  inner: i32,
  columns: i32,
  a: usize,
  down: i32,
  along: i32,
  b: usize,
  below: i32,
  beside: i32,
  c: usize,
  stride: i32,
): void {
  if (columns > FEW_COLUMNS) {
    return product<f64>(rows, inner, columns, a, down, along, b, below, beside, c, stride, -1);
  }
  for (let j = 0; j < columns; j++) {
    const column = b + ((<usize>j * <usize>beside) << 3);
    subtractTimesVector(rows, inner, a, down, along, column, below, c + (<usize>j << 3), stride);
  }
}

/**
 * C ← C + factor A B in tiles of 4 rows and two vectors: A(i,k) at a + i·down + k·along (in numbers), B(k,j) at
 * b + k·below + j·beside, C with rows of `stride` numbers. Strides may be negative. Every entry of C gets its terms
 * one after the other, k upwards.
 */
function product<T>(
  rows: i32,
  inner: i32,
  columns: i32,
  a: usize,
  down: i32,
  along: i32,
  b: usize,
  below: i32,
  beside: i32,
  c: usize,
  stride: i32,
  factor: T,
): void {
  const width: i32 = TILE / sizeof<T>();
  for (let left = 0; left < columns; left += width * TILES) {
    const wide = min(columns - left, width * TILES);
    for (let top = 0; top < inner; top += DEPTH) {
      const depth = min(inner - top, DEPTH);
      const from = b + (<usize>top * <usize>below + <usize>left * <usize>beside) * sizeof<T>();
      packPanel<T>(depth, wide, from, below, beside);
      for (let i = 0; i < rows; i += 4) {
        const high = min(rows - i, 4);
        const first = a + (<usize>i * <usize>down + <usize>top * <usize>along) * sizeof<T>();
        packStrip<T>(high, depth, first, down, along, factor);
        for (let j = 0; j < wide; j += width) {
          const tileOfC = c + (<usize>i * <usize>stride + <usize>(left + j)) * sizeof<T>();
          const tileOfB = panel + <usize>j * sizeof<T>() * <usize>depth;
          if (high == 4 && j + width <= wide) {
            multiplyTile<T>(depth, tileOfB, tileOfC, <usize>stride * sizeof<T>());
          } else {
            const within = min(width, wide - j);
            copyCorner<T>(high, within, tileOfC, stride, corner, width);
            multiplyTile<T>(depth, tileOfB, corner, TILE);
            copyCorner<T>(high, within, corner, width, tileOfC, stride);
          }
        }
      }
    }
  }
}

/** Tiles one after the other, each row by row, filled up with zeros at the right. */
// @ts-ignore: decorator
@inline
function packPanel<T>(depth: i32, wide: i32, b: usize, below: i32, beside: i32): void {
  const width: i32 = TILE / sizeof<T>();
  const step = <usize>beside * sizeof<T>();
  let to = panel;
  for (let j = 0; j < wide; j += width) {
    const whole = min(width, wide - j);
    let from = b + <usize>j * step;
    for (let k = 0; k < depth; k++) {
      if (whole == width && beside == 1) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      } else {
        for (let w = 0; w < width; w++) {
          const x = w < whole ? load<T>(from + <usize>w * step) : <T>0;
          store<T>(to + <usize>w * sizeof<T>(), x);
        }
      }
      to += TILE;
      from += <usize>below * sizeof<T>();
    }
  }
}

/** Four rows of factor A, four numbers for every k; rows that are not there are zero. */
// @ts-ignore: decorator
@inline
function packStrip<T>(high: i32, depth: i32, a: usize, down: i32, along: i32, factor: T): void {
  const step = <usize>along * sizeof<T>();
  for (let q = 0; q < 4; q++) {
    let from = a + <usize>q * <usize>down * sizeof<T>();
    let to = strip + <usize>q * sizeof<T>();
    if (q < high) {
      for (let k = 0; k < depth; k++) {
        store<T>(to, factor * load<T>(from));
        from += step;
        to += 4 * sizeof<T>();
      }
    } else {
      for (let k = 0; k < depth; k++) {
        store<T>(to, 0);
        to += 4 * sizeof<T>();
      }
    }
  }
}

/** Adds strip · tile to four rows of C that lie `stride` bytes apart. */
// @ts-ignore: decorator
@inline
function multiplyTile<T>(depth: i32, tile: usize, c: usize, stride: usize): void {
  const c1 = c + stride;
  const c2 = c1 + stride;
  const c3 = c2 + stride;
  let s00 = v128.load(c);
  let s01 = v128.load(c, 16);
  let s10 = v128.load(c1);
  let s11 = v128.load(c1, 16);
  let s20 = v128.load(c2);
  let s21 = v128.load(c2, 16);
  let s30 = v128.load(c3);
  let s31 = v128.load(c3, 16);
  let pa = strip;
  const end = tile + <usize>depth * TILE;
  while (tile < end) {
    const b0 = v128.load(tile);
    const b1 = v128.load(tile, 16);
    const a0 = v128.load_splat<T>(pa);
    s00 = v128.add<T>(s00, v128.mul<T>(a0, b0));
    s01 = v128.add<T>(s01, v128.mul<T>(a0, b1));
    const a1 = v128.load_splat<T>(pa, sizeof<T>());
    s10 = v128.add<T>(s10, v128.mul<T>(a1, b0));
    s11 = v128.add<T>(s11, v128.mul<T>(a1, b1));
    const a2 = v128.load_splat<T>(pa, 2 * sizeof<T>());
    s20 = v128.add<T>(s20, v128.mul<T>(a2, b0));
    s21 = v128.add<T>(s21, v128.mul<T>(a2, b1));
    const a3 = v128.load_splat<T>(pa, 3 * sizeof<T>());
    s30 = v128.add<T>(s30, v128.mul<T>(a3, b0));
    s31 = v128.add<T>(s31, v128.mul<T>(a3, b1));
    tile += TILE;
    pa += 4 * sizeof<T>();
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

/** Copies the part of a tile that lies inside C; row q of either lies q strides behind its first number. */
// @ts-ignore: decorator
@inline
function copyCorner<T>(high: i32, wide: i32, from: usize, fromStride: i32, to: usize, toStride: i32): void {
  for (let q = 0; q < high; q++) {
    for (let w = 0; w < wide; w++) {
      const x = load<T>(from + (<usize>q * <usize>fromStride + <usize>w) * sizeof<T>());
      store<T>(to + (<usize>q * <usize>toStride + <usize>w) * sizeof<T>(), x);
    }
  }
}
