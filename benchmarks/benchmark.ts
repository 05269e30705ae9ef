/** One timed run: CPU time, a number that every implementation must agree on, and the memory of its arrays. */
export interface Timing {
  readonly cpuSeconds: number;
  readonly check: number;
  readonly arrayBytes?: number;
}

/** One line of the table: ours against the native program of the same algorithm. */
export interface Benchmark {
  readonly name: string;
  /** Size n, in whose square the memory is counted. */
  readonly size: number;
  readonly ours: () => Promise<Timing>;
  /** Absent where nothing native can be built. */
  readonly native?: () => Timing;
  /** Largest difference of the checks that rounding explains. */
  readonly agreement: number;
  /** What is promised: the largest ratio of CPU times, and of bytes to n². */
  readonly goal: { readonly ratio: number; readonly bytes: number };
}

export interface Result {
  readonly benchmark: Benchmark;
  readonly ours: number;
  readonly native?: number;
  readonly ratio?: number;
  /** Peak bytes of the typed arrays over n². */
  readonly bytes?: number;
}

/**
 * After one run to warm up (ours is compiled while it runs), interleaves the repeats, so that both programs see
 * the same machine, and takes medians; the ratio is the median of the ratios of neighbours.
 *
 * @throws Error when the two disagree: a fast wrong answer is no result.
 */
export async function runBenchmark(benchmark: Benchmark, repeats: number): Promise<Result> {
  const { ours, native, agreement, size, name } = benchmark;
  await ours();
  const pairs: { ours: Timing; native?: Timing }[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const pair = { ours: await ours(), native: native?.() };
    if (pair.native && !(Math.abs(pair.ours.check - pair.native.check) <= agreement)) {
      throw new Error(`${name}: ours gives ${pair.ours.check}, the native program ${pair.native.check}`);
    }
    pairs.push(pair);
  }
  const bytes = pairs.flatMap((pair) => pair.ours.arrayBytes ?? []);
  return {
    benchmark,
    ours: median(pairs.map((pair) => pair.ours.cpuSeconds)),
    native: native && median(pairs.map((pair) => pair.native!.cpuSeconds)),
    ratio: native && median(pairs.map((pair) => pair.ours.cpuSeconds / pair.native!.cpuSeconds)),
    bytes: bytes.length > 0 ? Math.max(...bytes) / size ** 2 : undefined,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
