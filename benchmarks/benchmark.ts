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
  readonly baseline?: () => Timing | Promise<Timing>;
  /** The same in plain TypeScript, where ours is not. */
  readonly plain?: () => Timing;
  /** Largest difference of the checks that rounding explains. */
  readonly agreement: number;
  /** What is promised: the largest ratio of CPU times, and of bytes to n². */
  readonly goal: { readonly ratio?: number; readonly bytes?: number };
}

export interface Result {
  readonly benchmark: Benchmark;
  readonly ours: number;
  readonly baseline?: number;
  readonly ratio?: number;
  readonly plain?: number;
  /** Plain TypeScript over ours. */
  readonly gain?: number;
  /** Peak bytes of the typed arrays over n². */
  readonly bytes?: number;
}

/** A short solve takes about 1.5 times as long while its loops are still being compiled. */
const WARM_UPS = 4;
/** Short runs scatter most: they are repeated for this many seconds, but not more often than this. */
const ENOUGH_SECONDS = 6;
const MOST_REPEATS = 25;

/**
 * After some runs to warm up (ours is compiled while it runs), interleaves the repeats, so that all programs see
 * the same machine, and takes medians; a ratio is the median of the ratios of neighbours.
 *
 * @throws Error when two disagree: a fast wrong answer is no result.
 */
export async function runBenchmark(benchmark: Benchmark, repeats: number): Promise<Result> {
  const { ours, baseline, plain, agreement, size, name } = benchmark;
  for (let run = 0; run < WARM_UPS; run++) await ours();
  plain?.();
  const rounds: { ours: Timing; baseline?: Timing; plain?: Timing }[] = [];
  const begin = performance.now();
  const isEnough = () => rounds.length >= MOST_REPEATS || performance.now() - begin > 1000 * ENOUGH_SECONDS;
  while (rounds.length < repeats || !isEnough()) {
    const round = { ours: await ours(), baseline: await baseline?.(), plain: plain?.() };
    for (const other of ["baseline", "plain"] as const) {
      const check = round[other]?.check;
      if (check !== undefined && !(Math.abs(round.ours.check - check) <= agreement)) {
        throw new Error(`${name}: ours gives ${round.ours.check}, ${other} ${check}`);
      }
    }
    rounds.push(round);
  }
  const bytes = rounds.flatMap((round) => round.ours.arrayBytes ?? []);
  return {
    benchmark,
    ours: median(rounds.map((round) => round.ours.cpuSeconds)),
    baseline: baseline && median(rounds.map((round) => round.baseline!.cpuSeconds)),
    ratio: baseline && median(rounds.map((round) => round.ours.cpuSeconds / round.baseline!.cpuSeconds)),
    plain: plain && median(rounds.map((round) => round.plain!.cpuSeconds)),
    gain: plain && median(rounds.map((round) => round.plain!.cpuSeconds / round.ours.cpuSeconds)),
    bytes: bytes.length > 0 ? Math.max(...bytes) / size ** 2 : undefined,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
