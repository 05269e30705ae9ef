import { optimise, solve } from "../src";
import { measure } from "./measure";

type Fields = Readonly<Record<string, unknown>>;
type Method = Fields & { readonly kind: string };

/** One line of the table of docs/which-method.md. */
interface Cost {
  readonly method: string;
  readonly system: string;
  /** The last time, or number of steps. */
  readonly until: string;
  /** What the answer is good to, or what it averages over. */
  readonly to: string;
  run(): Promise<unknown>;
}

const SEED = 20261122;
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const power = (value: number) => {
  const exponent = Math.log10(value);
  return exponent < 3 ? String(value) : `10${SUPERSCRIPTS[exponent]}`;
};

/** A solver with all that a reader of rows asks of it: 60 times, spaced as in the command line. */
function line(
  system: string,
  said: string,
  parameters: Fields,
  method: Method,
  end: { readonly until: string; readonly last: number },
  to: string,
): Cost {
  return {
    method: `\`${method.kind}\``,
    system: `${system}, ${said}`,
    until: end.until,
    to,
    async run() {
      const solution = await solve({ system, parameters }, method);
      solution.sample(Array.from({ length: 60 }, (_, k) => Math.ceil(end.last * 10 ** ((3 * k) / 59 - 3))));
    },
  };
}

const upTo = (last: number) => ({ until: power(last), last });
const steps = (last: number) => ({ until: `${power(last)} steps`, last });

function twoTime(kind: "uniform" | "aging", last: number, tolerance: number): Cost {
  const method = { kind, until: last, tolerance };
  return line("p-spin", "p = 3, T = 0", { p: 3 }, method, upTo(last), tolerance.toExponential());
}

function spiked(tolerance: number): Cost {
  const parameters = { matrixNoise: 0.2, tensorNoise: 6, temperature: 1, initialOverlap: 1e-10 };
  const method = { kind: "aging", until: 1000, tolerance };
  const said = "Δ₂ = 0.2, Δ_p = 6, m₀ = 10⁻¹⁰";
  return line("spiked-matrix-tensor", said, parameters, method, upTo(1000), tolerance.toExponential());
}

function effectiveProcess(method: Method, last: number, to: string): Cost {
  const parameters = { sampleRatio: 2, initialOverlap: 0.5, learningRate: 0.01 };
  const asked = { ...method, until: last, seed: SEED };
  return line("phase-retrieval", "α = 2, step 0.01", parameters, asked, upTo(last), to);
}

const FEATURES = { targetExponent: 3, spectrumExponent: 2, features: 1000 };

function features(method: Method, horizon: number, to: string): Cost {
  const schedule = { kind: "polynomial-decay", rate: 0.14, horizon, exponent: 3 };
  const parameters = { ...FEATURES, horizon, schedule };
  return line("random-features", "a = 3, b = 2, 1000 features", parameters, method, steps(horizon), to);
}

function optimum(
  over: "learning-rate" | "polynomial",
  dynamics: "exact" | "additive",
  horizon: number,
): Cost {
  return {
    method: `optimise, \`${over}\`, ${dynamics}`,
    system: "random-features, a = 3, b = 2, 1000 features",
    until: `${power(horizon)} steps`,
    to: "default",
    run: () =>
      optimise(
        { system: "random-features", parameters: { ...FEATURES, horizon, schedule: 0.1 } },
        { over, dynamics },
      ),
  };
}

function labelNoise(method: Method, last: number, to: string): Cost {
  const parameters = { learningRate: 0.01, momentum: { prefactor: 0.2, exponent: 0.6 } };
  const asked = { ...method, until: last };
  return line("label-noise-momentum", "UV, η = 0.01, C = 0.2, γ = 0.6", parameters, asked, steps(last), to);
}

function sphericalSk(kind: string, last: number, to: string): Cost {
  const parameters = { schedule: { kind: "power-law", rate: 1, exponent: 0.3 } };
  return line("spherical-sk", "T = 0, β = 0.3", parameters, { kind, until: last }, upTo(last), to);
}

const NETWORK = { width: 5, learningRate: 0.4, dimension: 300 };
const STUDENT = {
  schedule: { kind: "hold-then-decay", rate: 0.5, switchTime: 10, exponent: 0.5 },
  initial: {
    crossOverlap: [
      [0.1, 0],
      [0, 0.05],
    ],
  },
};
const BASIN = { schedule: { kind: "power-law", rate: 1, exponent: 0.8 }, initialPosition: 3 };

/** What all are compared with. */
const BASELINE = line(
  "p-spin",
  "p = 3, T = 0, 2000 plain steps",
  { p: 3 },
  { kind: "uniform", until: 10, points: 2000, extrapolate: false },
  upTo(10),
  "–",
);

const COSTS: readonly Cost[] = [
  BASELINE,
  twoTime("uniform", 10, 1e-4),
  twoTime("uniform", 10, 1e-6),
  twoTime("uniform", 100, 1e-4),
  ...[1e3, 1e5, 1e8].flatMap((last) => [twoTime("aging", last, 1e-4), twoTime("aging", last, 1e-6)]),
  spiked(1e-4),
  spiked(1e-6),
  sphericalSk("spectral", 1e6, "1e-8"),
  sphericalSk("volterra", 1e3, "default"),
  effectiveProcess({ kind: "particles" }, 2, "8 runs of 32768"),
  effectiveProcess({ kind: "particles", particles: 131_072 }, 2, "8 runs of 131072"),
  effectiveProcess({ kind: "damped", runs: 1, trajectories: 512 }, 1, "80 passes of 512"),
  effectiveProcess({ kind: "damped", runs: 1 }, 1, "80 passes of 1024"),
  effectiveProcess({ kind: "causal" }, 1, "4096 trajectories"),
  effectiveProcess({ kind: "causal", trajectories: 16_384 }, 1, "16384 trajectories"),
  line("quadratic-network", "p = 5", NETWORK, { kind: "ode", until: 10 }, upTo(10), "1e-12"),
  line("quadratic-network", "p = 5, d = 300", NETWORK, { kind: "sde", until: 10 }, upTo(10), "100 paths"),
  line("teacher-student", "K = M = 2", STUDENT, { kind: "ode", until: 1000 }, upTo(1000), "1e-12"),
  line("convex", "β = 0.8", BASIN, { kind: "exact", until: 1000 }, upTo(1000), "exact"),
  line("convex", "β = 0.8", BASIN, { kind: "sde", until: 100 }, upTo(100), "1000 paths"),
  ...[1e3, 1e5].map((horizon) => features({ kind: "recursion" }, horizon, "exact")),
  ...[1e3, 1e5].map((horizon) => features({ kind: "volterra" }, horizon, "1e-9")),
  ...[1e3, 1e4].map((horizon) => optimum("learning-rate", "exact", horizon)),
  optimum("learning-rate", "additive", 1e9),
  optimum("polynomial", "exact", 1e3),
  labelNoise({ kind: "linear" }, 1e4, "exact"),
  labelNoise({ kind: "drift" }, 1e4, "default"),
  labelNoise({ kind: "diffusion", step: 10 }, 1e4, "100 paths"),
  labelNoise({ kind: "moment-closure" }, 900, "default"),
];

const HEAD = ["method", "system", "until", "to", "CPU s", "of the baseline"];
/** Runs shorter than this are repeated, and the median is taken: the first is spent on compiling. */
const SHORT_SECONDS = 2;
const REPEATS = 5;

/** What the lines of the table are of: all that is known of them before they are measured. */
export const costLines: readonly string[] = [HEAD, HEAD.map(() => "---"), ...COSTS.map(wordsOf)].map(joined);

/** The table of docs/which-method.md, each line as soon as it is measured. Its first line is what all others are compared with. */
export async function printCosts(print: (line: string) => void): Promise<void> {
  for (const line of costLines.slice(0, 2)) print(line);
  const baseline = await secondsOf(BASELINE);
  for (const cost of COSTS) {
    const seconds = cost === BASELINE ? baseline : await secondsOf(cost);
    print(joined([...wordsOf(cost), text(seconds), text(seconds / baseline)]));
  }
}

function wordsOf({ method, system, until, to }: Cost): string[] {
  return [method, system, until, to];
}

function joined(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

async function secondsOf({ run }: Cost): Promise<number> {
  const seconds = [(await measure(run)).cpuSeconds];
  while (seconds[0] < SHORT_SECONDS && seconds.length < REPEATS)
    seconds.push((await measure(run)).cpuSeconds);
  return seconds.sort((a, b) => a - b)[seconds.length >> 1];
}

const text = (value: number) => String(Number(value.toPrecision(2)));
