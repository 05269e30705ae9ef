/** Means over paths on a uniform grid, with standard errors; linear between the nodes. */
export interface MeanPath {
  readonly time: Float64Array;
  /** Paths that have ended. */
  samples(): number;
  /** Means and standard errors (Infinity for one path) at times inside the grid. */
  sample(times: ArrayLike<number>): {
    readonly series: Readonly<Record<string, Float64Array>>;
    readonly standardError: Readonly<Record<string, Float64Array>>;
  };
  /** A new path; what it records counts once it has ended. */
  begin(observe: (y: ArrayLike<number>, out: Float64Array) => void): {
    record(step: number, y: ArrayLike<number>): void;
    end(): void;
  };
}

/** Numbers kept for each of mean and variance; longer runs are kept at every second, third, … step. */
const LARGEST = 4e6;

/** @param names the quantities, @param steps their number, @param h their length. */
export function createMeanPath(names: readonly string[], steps: number, h: number): MeanPath {
  const stride = Math.max(1, Math.ceil(((steps + 1) * names.length) / LARGEST));
  const nodes = Math.floor(steps / stride) + 1 + (steps % stride === 0 ? 0 : 1);
  const stepOf = (node: number) => Math.min(steps, node * stride);
  const time = Float64Array.from({ length: nodes }, (_, node) => stepOf(node) * h);
  const width = names.length;
  const mean = new Float64Array(nodes * width);
  const square = new Float64Array(nodes * width);
  const current = new Float64Array(nodes * width);
  const values = new Float64Array(width);
  let count = 0;

  function at(t: number): { readonly node: number; readonly share: number } {
    let node = Math.min(nodes - 2, Math.floor(t / (stride * h)));
    if (node < 0) node = 0;
    const length = time[node + 1] - time[node];
    return { node, share: Math.min(1, Math.max(0, (t - time[node]) / length)) };
  }

  return {
    time,
    samples: () => count,
    sample(times) {
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
    begin(observe) {
      return {
        record(step, y) {
          if (step % stride !== 0 && step !== steps) return;
          observe(y, values);
          current.set(values, Math.ceil(step / stride) * width);
        },
        end() {
          count++;
          // Welford's update.
          for (let i = 0; i < mean.length; i++) {
            const distance = current[i] - mean[i];
            mean[i] += distance / count;
            square[i] += distance * (current[i] - mean[i]);
          }
        },
      };
    },
  };
}
