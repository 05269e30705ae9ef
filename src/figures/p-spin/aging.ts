import type { TwoTimeSolution } from "../../core/results";
import { simulateConfig, solveConfig } from "../../systems/calls";
import { linearAxis, logAxis } from "../drawing/axis";
import { draw } from "../drawing/drawing";
import { colourOf } from "../drawing/palette";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../kit/figure";
import { type ConfigSource, citationsOf, timesBetween } from "../kit/recipe";
import { paper, pSpinParameters, scheduleNote, scheduleText, seed } from "./setting";

/** One panel: its last time, its steps and the waiting times t′ of its curves. */
interface AgingRun {
  readonly until: number;
  readonly points: number;
  readonly waits: readonly number[];
}

/** Sizes of the computation behind the figure. */
export interface AgingSizes {
  readonly decaying: AgingRun;
  readonly constant: AgingRun;
  /** Finite system; it has dots at waiting times up to half of its last time. */
  readonly size: number;
  readonly samples: number;
  readonly step: number;
  readonly simulatedUntil: number;
}

const SIZES: Record<Preset, AgingSizes> = {
  quick: {
    decaying: { until: 100, points: 400, waits: [1, 5, 20, 50] },
    constant: { until: 20, points: 300, waits: [1, 2, 5, 10] },
    size: 64,
    samples: 24,
    step: 0.1,
    simulatedUntil: 15,
  },
  paper: {
    decaying: { until: 1000, points: 3000, waits: [1, 5, 20, 100, 300] },
    constant: { until: 40, points: 1600, waits: [1, 2, 5, 10, 20] },
    size: 150,
    samples: 100,
    step: 0.05,
    simulatedUntil: 20,
  },
};

const FIRST_DELAY = 0.1;

/** Correlation between two times: a decaying rate makes the 3-spin model age, a hot constant one does not. */
export const pSpinAging: Figure = {
  id: "p-spin-aging",
  title: "Aging of the 3-spin model",
  paper,
  run: (preset, tools) => agingFigure(SIZES[preset], tools),
};

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function agingFigure(sizes: AgingSizes, tools: FigureTools): Promise<FigureResult> {
  const decaying = await agingPanel(pSpinParameters(3, 0.4), "decaying rate", sizes.decaying, sizes, tools);
  const hot = { ...pSpinParameters(3, 0), schedule: 1 };
  const constant = await agingPanel(hot, "constant rate", sizes.constant, sizes, tools);
  return {
    id: pSpinAging.id,
    title: pSpinAging.title,
    paper: pSpinAging.paper,
    caption:
      `Correlation C(t′ + τ, t′) of the spherical 3-spin model at T = 1 from a random start. Above: ${scheduleText} with β = 0.4; below: η = 1. What the model feels ` +
      `is the temperature T·η. The decaying rate starts at T·η = 0.5, just where the dynamics of the model begins to age, and ` +
      `cools from there: the older the system, the slower it forgets. The constant rate stays at T·η = 1, above that ` +
      `transition: the curves of all but the youngest fall on one. Lines: theory for N → ∞. Dots: mean over ${sizes.samples} finite ` +
      `systems of N = ${sizes.size} spins, bars of one standard error.`,
    panels: [
      { name: "Decaying rate: the system ages", svg: decaying.svg },
      { name: "Constant rate, η = 1: equilibrium", svg: constant.svg },
    ],
    notes: ["The dots are the finite system as it is, not extrapolated in N.", scheduleNote, PAPER_COST],
    data: { decaying: decaying.curves, constant: constant.curves, size: sizes.size, samples: sizes.samples },
    recipes: [...decaying.recipes, ...constant.recipes],
    citations: citationsOf(decaying.recipes[0].config),
  };
}

const PAPER_COST = `Paper preset: theory to t = ${SIZES.paper.decaying.until}, N = ${SIZES.paper.size}, ${SIZES.paper.samples} samples; about 6 minutes on one core, estimated from single runs.`;

interface AgingCurve {
  readonly wait: number;
  readonly delay: number[];
  readonly correlation: number[];
  readonly finite: {
    readonly delay: number[];
    readonly correlation: number[];
    readonly standardError: number[];
  };
}

async function agingPanel(
  parameters: ConfigSource,
  label: string,
  run: AgingRun,
  { size, samples, step, simulatedUntil }: AgingSizes,
  { options, document }: FigureTools,
) {
  const { until, points, waits } = run;
  const reach = Math.min(simulatedUntil, until);
  const theoryPairs = waits.flatMap((wait) => pairsAfter(wait, FIRST_DELAY, until, 60));
  const pairs = waits.filter((wait) => wait <= reach / 2).flatMap((wait) => pairsAfter(wait, 0.4, reach, 9));
  const quantities = ["correlation"];
  const theory: ConfigSource = {
    system: "p-spin",
    parameters,
    method: { kind: "uniform", until, points },
    report: { pairs: theoryPairs, quantities },
  };
  const simulation: ConfigSource = {
    system: "p-spin",
    parameters,
    simulation: { size, samples, seed, step, until: reach },
    report: { times: [reach], pairs, quantities },
  };
  const solution = (await solveConfig(theory, options)) as TwoTimeSolution;
  const { twoTime } = await simulateConfig(simulation, options);
  const curves = waits.map((wait): AgingCurve => {
    const shown = theoryPairs.filter(([, tPrime]) => tPrime === wait);
    const members = pairs.flatMap(([, tPrime], k) => (tPrime === wait ? [k] : []));
    return {
      wait,
      delay: shown.map(([t]) => t - wait),
      correlation: shown.map(([t]) => solution.correlation(t, wait)),
      finite: {
        delay: members.map((k) => pairs[k][0] - wait),
        correlation: members.map((k) => twoTime!.series.correlation[k]),
        standardError: members.map((k) => twoTime!.standardError.correlation[k]),
      },
    };
  });
  const recipes: Recipe[] = [
    { label: `${label}, theory`, verb: "solve", config: theory },
    { label: `${label}, finite system`, verb: "simulate", config: simulation },
  ];
  return { curves, svg: drawCurves(curves, label, document), recipes };
}

function drawCurves(curves: readonly AgingCurve[], label: string, document: Document): string {
  const delays = curves.flatMap(({ delay }) => delay);
  return draw(
    {
      description: `Correlation against the delay for several waiting times, ${label}; lines: theory, dots: finite system`,
      x: logAxis("delay τ", delays, 0),
      y: linearAxis("correlation C(t′ + τ, t′)", [0, 1], 0.02),
      lines: curves.map(({ wait, delay, correlation }, k) => ({
        x: delay,
        y: correlation,
        colour: colourOf(k),
        label: `t′ = ${wait}`,
      })),
      dots: curves.map(({ finite }, k) => ({
        x: finite.delay,
        y: finite.correlation,
        standardError: finite.standardError,
        colour: colourOf(k),
      })),
    },
    document,
  );
}

/** Pairs [t′ + τ, t′] with delays equally spaced in ln τ, as far as the run goes. */
function pairsAfter(
  wait: number,
  first: number,
  until: number,
  count: number,
): (readonly [number, number])[] {
  return timesBetween(first, until - wait, count).map((delay) => [
    Math.min(until, Number((wait + delay).toPrecision(6))),
    wait,
  ]);
}
