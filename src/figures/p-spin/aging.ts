import type { TwoTimeSolution } from "../../core/results";
import { linear, log } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { seed, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import type { Lab } from "../kit/lab";
import { paper, pSpin, scheduleNote, scheduleText } from "./setting";

/** Theory to a last time, in so many steps, with a curve for each waiting time t′. */
interface Aging {
  readonly until: number;
  readonly points: number;
  readonly waits: readonly number[];
}

interface Finite {
  readonly size: number;
  readonly samples: number;
  readonly step: number;
  /** There are dots at waiting times up to half of it. */
  readonly simulatedUntil: number;
}

const FIRST_DELAY = 0.1;

/** Correlation between two times: a decaying rate makes the 3-spin model age, a hot constant one does not. */
export const aging = figure({
  id: "p-spin-aging",
  title: "Aging of the 3-spin model",
  paper,

  presets: {
    quick: {
      decaying: { until: 100, points: 400, waits: [1, 5, 20, 50] },
      constant: { until: 20, points: 300, waits: [1, 2, 5, 10] },
      finite: { size: 64, samples: 24, step: 0.1, simulatedUntil: 15 },
    },
    standard: {
      decaying: { until: 1000, points: 1500, waits: [1, 5, 20, 100, 300] },
      constant: { until: 40, points: 800, waits: [1, 2, 5, 10, 20] },
      finite: { size: 100, samples: 64, step: 0.1, simulatedUntil: 20 },
    },
    paper: {
      decaying: { until: 1000, points: 3000, waits: [1, 5, 20, 100, 300] },
      constant: { until: 40, points: 1600, waits: [1, 2, 5, 10, 20] },
      finite: { size: 150, samples: 100, step: 0.05, simulatedUntil: 20 },
    },
  },
  cost: { quick: 1.9, standard: 8.8, paper: 90 },
  sizesText: ({ decaying, finite: { size, samples } }) =>
    `theory to t = ${decaying.until}, N = ${size}, ${samples} samples`,

  async compute(lab, { decaying, constant, finite }) {
    const [aged, hot] = await lab.parts(
      [
        { label: "decaying rate", run: decaying },
        { label: "constant rate", run: constant, schedule: 1 },
      ],
      (part, inner) => follow(inner, part, finite),
      { calls: 2 },
    );
    return { decaying: aged, constant: hot, size: finite.size, samples: finite.samples };
  },

  show({ decaying, constant, size, samples }) {
    const picture = (curves: typeof decaying, label: string) => ({
      description: `Correlation against the delay for several waiting times, ${label}; lines: theory, dots: finite system`,
      x: log("delay τ", { padding: 0 }),
      y: linear("correlation C(t′ + τ, t′)", { holds: [0, 1], padding: 0.02 }),
      marks: curves.flatMap(({ wait, delay, correlation, finite }, k) => [
        theory(delay, correlation, { colour: colourOf(k), label: `t′ = ${wait}` }),
        measured(finite.delay, finite.correlation, { ...finite, colour: colourOf(k) }),
      ]),
    });
    return {
      caption:
        `Correlation C(t′ + τ, t′) of the spherical 3-spin model at T = 1 from a random start. Above: ${scheduleText} with β = 0.4; below: η = 1. What the model feels ` +
        `is the temperature T·η. The decaying rate starts at T·η = 0.5, just where the dynamics of the model begins to age, and ` +
        `cools from there: the older the system, the slower it forgets. The constant rate stays at T·η = 1, above that ` +
        `transition: the curves of all but the youngest fall on one. Lines: theory for N → ∞. Dots: mean over ${samples} finite ` +
        `systems of N = ${size} spins, bars of one standard error, as they are, not extrapolated: they have a bias of order 1/N, and where C is near 0 they ` +
        `stray by 1/√(N·${samples}) = ${(1 / Math.sqrt(size * samples)).toFixed(3)}, those of one t′ together.`,
      panels: {
        "Decaying rate: the system ages": picture(decaying, "decaying rate"),
        "Constant rate, η = 1: equilibrium": picture(constant, "constant rate"),
      },
      notes: [scheduleNote],
    };
  },
});

interface Part {
  readonly label: string;
  readonly run: Aging;
  readonly schedule?: number;
}

async function follow(lab: Lab, { label, run: { until, points, waits }, schedule }: Part, finite: Finite) {
  const { simulatedUntil, ...sizes } = finite;
  const reach = Math.min(simulatedUntil, until);
  const theoryPairs = waits.flatMap((wait) => pairsAfter(wait, FIRST_DELAY, until, 60));
  const pairs = waits.filter((wait) => wait <= reach / 2).flatMap((wait) => pairsAfter(wait, 0.4, reach, 9));
  const quantities = ["correlation"];
  const config = (rest: object) => pSpin(3, 0.4, { ...rest }, schedule);
  const solution = (await lab.solve(
    `${label}, theory`,
    config({
      method: { kind: "uniform", until, points, extrapolate: false },
      report: { pairs: theoryPairs, quantities },
    }),
  )) as TwoTimeSolution;
  const { twoTime } = await lab.simulate(
    `${label}, finite system`,
    config({ simulation: { ...sizes, seed, until: reach }, report: { times: [reach], pairs, quantities } }),
  );
  const { series, standardError } = twoTime!;
  return waits.map((wait) => {
    const shown = theoryPairs.filter(([, tPrime]) => tPrime === wait);
    const members = pairs.flatMap(([, tPrime], k) => (tPrime === wait ? [k] : []));
    return {
      wait,
      delay: shown.map(([t]) => t - wait),
      correlation: shown.map(([t]) => solution.correlation(t, wait)),
      finite: {
        delay: members.map((k) => pairs[k][0] - wait),
        correlation: members.map((k) => series.correlation[k]),
        standardError: members.map((k) => standardError.correlation[k]),
      },
    };
  });
}

/** Pairs [t′ + τ, t′] with delays equally spaced in ln τ, as far as the run goes. */
function pairsAfter(wait: number, first: number, until: number, count: number) {
  return timesBetween(first, until - wait, count).map(
    (delay) => [Math.min(until, Number((wait + delay).toPrecision(6))), wait] as const,
  );
}
