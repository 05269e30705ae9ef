import { numberList } from "../core/check";

/** Means over paths on a uniform grid, with standard errors; linear between the nodes. */
export interface MeanPath {
  readonly time: Float64Array;
  readonly samples: number;
  /** Means and standard errors (Infinity for one path) at times inside the grid. */
  sample(times: ArrayLike<number>): {
    readonly series: Readonly<Record<string, Float64Array>>;
    readonly standardError: Readonly<Record<string, Float64Array>>;
  };
}

/** The nodes at which paths are kept. */
export interface PathGrid {
  /** The quantities. */
  readonly names: readonly string[];
  readonly steps: number;
  /** Every this many steps. */
  readonly stride: number;
  readonly time: Float64Array;
}

/** Means and sums of squared deviations over some paths, by node and quantity: plain data. */
export interface PathSums {
  readonly count: number;
  readonly mean: Float64Array;
  readonly square: Float64Array;
}

/** Numbers kept for each of mean and variance; longer runs are kept at every second, third, … step. */
const LARGEST = 1e6;

/** @param names the quantities, @param steps their number, @param h their length. */
export function createPathGrid(names: readonly string[], steps: number, h: number): PathGrid {
  const stride = Math.max(1, Math.ceil(((steps + 1) * names.length) / LARGEST));
  const nodes = Math.floor(steps / stride) + 1 + (steps % stride === 0 ? 0 : 1);
  const time = Float64Array.from({ length: nodes }, (_, node) => Math.min(steps, node * stride) * h);
  return { names, steps, stride, time };
}

/** Adds up paths, one after the other; what a path records counts once it has ended. */
export function createPathRecorder({ names, steps, stride, time }: PathGrid) {
  const width = names.length;
  const mean = new Float64Array(time.length * width);
  const square = new Float64Array(time.length * width);
  const current = new Float64Array(time.length * width);
  let count = 0;
  return {
    /** @param observe puts the quantities of a state into `out`. */
    record(step: number, observe: (out: Float64Array) => void): void {
      if (step % stride !== 0 && step !== steps) return;
      const at = Math.ceil(step / stride) * width;
      observe(current.subarray(at, at + width));
    },
    end(): void {
      count++;
      // Welford's update.
      for (let i = 0; i < mean.length; i++) {
        const distance = current[i] - mean[i];
        mean[i] += distance / count;
        square[i] += distance * (current[i] - mean[i]);
      }
    },
    sums: (): PathSums => ({ count, mean, square }),
  };
}

/** The sums over all paths of some groups, in the order of the groups. @param groups at least one. */
export function joinSums(groups: readonly PathSums[]): PathSums {
  const mean = groups[0].mean.slice();
  const square = groups[0].square.slice();
  let { count } = groups[0];
  for (const group of groups.slice(1)) {
    const share = group.count / (count + group.count);
    for (let i = 0; i < mean.length; i++) {
      const distance = group.mean[i] - mean[i];
      mean[i] += share * distance;
      square[i] += group.square[i] + distance * distance * share * count;
    }
    count += group.count;
  }
  return { count, mean, square };
}

export function createMeanPath({ names, time }: PathGrid, { count, mean, square }: PathSums): MeanPath {
  const width = names.length;

  function at(t: number): { readonly node: number; readonly share: number } {
    const node = Math.max(0, Math.min(time.length - 2, Math.floor(t / time[1])));
    const length = time[node + 1] - time[node];
    return { node, share: Math.min(1, Math.max(0, (t - time[node]) / length)) };
  }

  return {
    time,
    samples: count,
    sample(times) {
      numberList("times", times);
      const series: Record<string, Float64Array> = {};
      const standardError: Record<string, Float64Array> = {};
      for (const name of names) {
        series[name] = new Float64Array(times.length);
        standardError[name] = new Float64Array(times.length);
      }
      for (let k = 0; k < times.length; k++) {
        const { node, share } = at(times[k]);
        const low = node * width;
        for (const [i, name] of names.entries()) {
          series[name][k] = (1 - share) * mean[low + i] + share * mean[low + width + i];
          const spread = (1 - share) * square[low + i] + share * square[low + width + i];
          standardError[name][k] = count > 1 ? Math.sqrt(spread / (count - 1) / count) : Infinity;
        }
      }
      return { series, standardError };
    },
  };
}
