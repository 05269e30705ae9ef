/** One timed run: CPU time, a number that every implementation must agree on, and the memory of its arrays. */
export interface Timing {
  readonly cpuSeconds: number;
  readonly check: number;
  readonly arrayBytes?: number;
}

/** One line of the table: ours against a baseline, most often the same algorithm in C. */
export interface Benchmark {
  readonly name: string;
  /** Size n, in whose square the memory is counted. */
  readonly size: number;
  readonly ours: () => Promise<Timing>;
  /** Absent where it cannot be built. */
  readonly baseline?: () => Timing;
  /** Largest difference of the checks that rounding explains. */
  readonly agreement: number;
  /** What is promised: the largest ratio of CPU times, and of bytes to n². */
  readonly goal: { readonly ratio: number; readonly bytes?: number };
}

export interface Result {
  readonly benchmark: Benchmark;
  readonly ours: number;
  readonly baseline?: number;
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
  const { ours, baseline, agreement, size, name } = benchmark;
  await ours();
  const pairs: { ours: Timing; baseline?: Timing }[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const pair = { ours: await ours(), baseline: baseline?.() };
    if (pair.baseline && !(Math.abs(pair.ours.check - pair.baseline.check) <= agreement)) {
      throw new Error(`${name}: ours gives ${pair.ours.check}, the baseline ${pair.baseline.check}`);
    }
    pairs.push(pair);
  }
  const bytes = pairs.flatMap((pair) => pair.ours.arrayBytes ?? []);
  return {
    benchmark,
    ours: median(pairs.map((pair) => pair.ours.cpuSeconds)),
    baseline: baseline && median(pairs.map((pair) => pair.baseline!.cpuSeconds)),
    ratio: baseline && median(pairs.map((pair) => pair.ours.cpuSeconds / pair.baseline!.cpuSeconds)),
    bytes: bytes.length > 0 ? Math.max(...bytes) / size ** 2 : undefined,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
