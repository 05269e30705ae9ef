import type { Kernels, PhiloxStream } from "../kernels/kernels";
import { createWorkspace, kernelLayer, type Layer } from "../kernels/layer";
import { bytesOf } from "../kernels/workspace";

/** Draws made at a time: as many as asked for, and more when they are used one after the other. */
const MOST = 256;
/** Draws that there is room for at first: arrays so small are cheap to make. */
const ROOM = 4;

type Numbers = Float64Array | Uint32Array;

/** Numbers made of draws of a stream. */
interface Kind<N extends Numbers> {
  readonly perDraw: number;
  readonly none: N;
  create(length: number): N;
  /** At most MOST draws, into the workroom. */
  generate(room: Workroom, stream: PhiloxStream, first: number, draws: number): N;
}

/** Two standard normals a draw. */
export const NORMALS: Kind<Float64Array> = {
  perDraw: 2,
  none: new Float64Array(0),
  create: (length) => new Float64Array(length),
  generate({ kernels, normals }, stream, first, draws) {
    kernels.normals(stream, first, draws, normals);
    return normals;
  },
};

/** Four 32-bit words a draw. */
export const WORDS: Kind<Uint32Array> = {
  perDraw: 4,
  none: new Uint32Array(0),
  create: (length) => new Uint32Array(length),
  generate({ kernels, words }, stream, first, draws) {
    kernels.philox(stream, first, draws, words);
    return words;
  },
};

/**
 * Numbers of consecutive draws of one stream, made before they are asked for: a draw is its number, so that nothing is
 * lost if it is never used.
 */
export interface Ahead<N extends Numbers> {
  /**
   * Where the numbers of draw `first` stand in {@link numbers}. The next draws follow, `draws` in all where that many
   * are made at a time; what is missing up to there is found by asking again.
   */
  find(first: number, draws: number): number;
  /** What is made, up to and without {@link end}; both good until the next `find`. */
  numbers(): N;
  end(): number;
}

/** Nothing is made before the first `find`. */
export function createAhead<N extends Numbers>(kind: Kind<N>, stream: PhiloxStream): Ahead<N> {
  const { perDraw } = kind;
  let numbers = kind.none;
  let start = 0;
  let count = 0;

  /** What goes on where the last draws ended goes on for longer; what is used for a few numbers only stays cheap. */
  function make(first: number, draws: number): void {
    const usual = first === start + count ? 2 * count : 0;
    count = Math.min(Math.max(draws, usual), MOST);
    start = first;
    if (numbers.length < perDraw * count) numbers = kind.create(perDraw * Math.max(count, ROOM));
    const made = kind.generate(openWorkroom(), stream, first, count);
    numbers.set(made.subarray(0, perDraw * count));
  }

  return {
    find(first, draws) {
      if (first < start || first >= start + count) make(first, draws);
      return perDraw * (first - start);
    },
    numbers: () => numbers,
    end: () => perDraw * count,
  };
}

/** Memory of the kernels where all streams make their numbers. */
interface Workroom {
  readonly layer: Layer;
  readonly kernels: Kernels;
  readonly normals: Float64Array;
  readonly words: Uint32Array;
}

let workroom: Workroom | undefined;

/** Made at the first use, and anew when another layer is chosen. */
function openWorkroom(): Workroom {
  const layer = kernelLayer();
  if (workroom?.layer !== layer) {
    const bytes = 16 * MOST;
    const workspace = createWorkspace(bytesOf(bytes, bytes));
    const { kernels } = workspace;
    workroom = { layer, kernels, normals: workspace.float64(2 * MOST), words: workspace.uint32(4 * MOST) };
  }
  return workroom;
}
