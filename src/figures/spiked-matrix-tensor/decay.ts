import { createSchedule } from "../../schedule";
import { colourOf } from "../drawing/palette";
import { plain } from "../kit/plain";
import { type Axis, linearAxis, logAxis, tickText } from "../old/drawing/axis";
import { type Drawing, draw } from "../old/drawing/drawing";
import type { Figure, FigureResult, FigureTools, Preset } from "../old/kit/figure";
import { citationsOf, timesBetween } from "../old/kit/recipe";
import { paper } from "../old/setting";
import {
  crossingText,
  crossingTime,
  followRecipe,
  holdThenDecay,
  runNote,
  type SpikedRun,
  spikedTheory,
  staticsAt,
  studiedText,
} from "./setting";

/** Sizes of the computation behind the figure. */
export interface DecaySizes extends SpikedRun {
  /** Coarsest step of the runs after a hold, from which they are extrapolated to 0. */
  readonly heldStep: number;
  /** When the decay sets in on the right: soon after the crossing at constant rate. */
  readonly switchTime: number;
  /** Times on each dashed line. */
  readonly staticTimes: number;
}

const SIZES: Record<Preset, DecaySizes> = {
  quick: {
    initialOverlap: 1e-6,
    until: 300,
    clockUntil: 18.5,
    step: 0.05,
    heldStep: 0.18,
    switchTime: 8,
    staticTimes: 8,
  },
  paper: {
    initialOverlap: 1e-10,
    until: 1000,
    clockUntil: 32,
    step: 0.025,
    heldStep: 0.08,
    switchTime: 15,
    staticTimes: 30,
  },
};

const BETAS = [0.2, 0.4, 0.6, 0.8, 1];

/** The exponent of the decay, from the start and from after the crossing. */
export const spikedDecay: Figure = {
  id: "spiked-decay",
  title: "Finding a signal: how fast to decay",
  paper: `${paper}, figure 9`,
  run: (preset, tools) => decayFigure(SIZES[preset], tools),
};

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function decayFigure(sizes: DecaySizes, tools: FigureTools): Promise<FigureResult> {
  const { until, clockUntil, switchTime } = sizes;
  const groundState = staticsAt(0);
  const level = staticsAt(1).overlap / 2;
  const follow = async (ts: number, beta: number, label: string) => {
    // The distance to the ground state gets as small as the error of a grid: extrapolated to none.
    const run = ts > 0 ? { ...sizes, step: sizes.heldStep } : sizes;
    const recipe = spikedTheory(run, holdThenDecay(ts, beta), `β = ${beta} ${label}`, ts > 0);
    const { solution, shown } = await followRecipe(recipe, tools.options);
    const { overlap, loss } = shown.series;
    const curve = { beta, ...plain({ time: shown.time, overlap, loss }) };
    return { recipe, curve: { ...curve, crossing: crossingTime(solution, level) ?? null } };
  };
  const early = [];
  for (const beta of [0, ...BETAS]) early.push(await follow(0, beta, "from the start"));
  const held = [];
  for (const beta of BETAS) held.push(await follow(switchTime, beta, `from ts = ${switchTime}`));
  const statics = BETAS.map((beta) => ({ beta, ...momentaryEquilibrium(beta, sizes) }));

  const fromStart = early.map(({ curve }) => curve);
  const afterHold = held.map(({ curve: { crossing: _, ...curve } }) => {
    const lag = curve.overlap.map((overlap) => groundState.overlap - overlap);
    const late = [...lag.keys()].filter((k) => curve.time[k] > switchTime);
    const pick = (values: readonly number[]) => late.map((k) => values[k]);
    return { ...curve, distance: { delay: pick(curve.time).map((t) => t - switchTime), lag: pick(lag) } };
  });
  const family = (
    curves: typeof fromStart | typeof afterHold,
    quantity: "overlap" | "loss",
    axes: { readonly x: Axis; readonly y: Axis },
  ): string =>
    draw(
      {
        description: `${quantity} against time for several exponents of the decay; dotted: ground state`,
        ...axes,
        lines: curves.map(({ beta, time, [quantity]: values }) => {
          const shown = [...time.keys()].filter((k) => time[k] >= axes.x.domain[0]);
          return {
            x: shown.map((k) => time[k]),
            y: shown.map((k) => values[k]),
            colour: colourOfBeta(beta),
            label: `β = ${beta}`,
          };
        }),
        levels: [{ value: groundState[quantity], label: "ground state" }],
      },
      tools.document,
    );
  const lossBefore = Math.max(
    ...afterHold.flatMap(({ time, loss }) => loss.filter((_, k) => time[k] >= switchTime / 2)),
  );
  const recipes = [...early, ...held].map(({ recipe }) => recipe);
  return {
    id: spikedDecay.id,
    title: spikedDecay.title,
    paper: spikedDecay.paper,
    caption:
      `${studiedText}, in the limit N → ∞. First: the rate (1 + t)⁻ᵝ decays from the start. The faster it decays, the later the ` +
      `signal is found. Second: the rate is 1 up to ts = ${switchTime}, when the signal is found, and (1 + t − ts)⁻ᵝ from then on. ` +
      `Now the faster decay gets closer to the ground state, up to β = 1. Third: what is missing to the overlap of the ground state. ` +
      `Lines: dynamics; dashed: the equilibrium at the momentary temperature T·η, which the dynamics follows closely.`,
    panels: [
      {
        name: "Overlap, decay from the start",
        svg: family(fromStart, "overlap", {
          x: logAxis("time t", [fromStart[0].time[0], until], 0),
          y: linearAxis("overlap m", [0, 1]),
        }),
      },
      {
        name: `Loss, constant rate up to ts = ${switchTime}, then decay`,
        svg: family(afterHold, "loss", {
          x: logAxis("time t", [switchTime / 2, until], 0),
          y: linearAxis("loss per spin", [lossBefore, groundState.loss]),
        }),
      },
      {
        name: "Distance to the ground state after the switch",
        svg: draw(distanceDrawing(afterHold, statics), tools.document),
      },
    ],
    table: {
      columns: [
        "β",
        "signal found at t =, decay from the start",
        `T·η at t = ${until}, decay from ts`,
        "overlap missing then",
      ],
      rows: fromStart
        .slice(1)
        .map(({ beta, crossing }, k) => [
          beta,
          crossing === null ? "not yet" : crossing.toFixed(1),
          momentaryTemperature(beta, switchTime, until).toPrecision(2),
          statics[k].lag[statics[k].lag.length - 1].toPrecision(2),
        ]),
    },
    notes: [
      `Signal found: overlap ${crossingText}. The last column is the equilibrium at T·η.`,
      `Lines end at t = ${until}, or where the clock ∫η dt reaches ${clockUntil}, to which the grid extends: slow decays come to it early.`,
      `${runNote(sizes)} After a hold they are extrapolated to 0 from three grids, the coarsest of step ${sizes.heldStep}: the distance to the ground state gets as small as the error of one grid.`,
      "The paper writes rates t⁻ᵝ and (t − ts)⁻ᵝ; shifted by 1 they are defined from the start.",
      PAPER_COST,
    ],
    data: { fromStart, afterHold, statics, groundState },
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

const PAPER_COST = `Paper preset: m = ${tickText(SIZES.paper.initialOverlap)} at the start, to t = ${SIZES.paper.until} or clock ${SIZES.paper.clockUntil}; about 2 minutes on one core, estimated from single runs.`;

const colourOfBeta = (beta: number) => (beta === 0 ? "currentColor" : colourOf(BETAS.indexOf(beta)));

const momentaryTemperature = (beta: number, switchTime: number, t: number) =>
  createSchedule(holdThenDecay(switchTime, beta)).rate(t);

interface Distance {
  readonly delay: readonly number[];
  readonly lag: readonly number[];
}

/** Overlap missing to the ground state if the system were in equilibrium at T·η, T = 1, at every moment. */
function momentaryEquilibrium(beta: number, { switchTime, until, staticTimes }: DecaySizes): Distance {
  const groundState = staticsAt(0);
  const delay = timesBetween(FIRST_DELAY, until - switchTime, staticTimes);
  const lag = delay.map((wait) => {
    const { overlap } = staticsAt(momentaryTemperature(beta, switchTime, switchTime + wait));
    return groundState.overlap - overlap;
  });
  return { delay, lag };
}

const FIRST_DELAY = 0.3;

function distanceDrawing(
  curves: readonly { readonly beta: number; readonly distance: Distance }[],
  statics: readonly (Distance & { readonly beta: number })[],
): Drawing {
  const lines = curves.map(({ beta, distance: { delay, lag } }) => {
    const shown = [...delay.keys()].filter((k) => delay[k] >= FIRST_DELAY);
    return { beta, x: shown.map((k) => delay[k]), y: shown.map((k) => lag[k]) };
  });
  return {
    description: "Overlap missing to the ground state against the time since the switch, both logarithmic",
    x: logAxis("time since the switch t − ts", statics[0].delay, 0),
    y: logAxis(
      "m of the ground state − m",
      [...lines, ...statics.map(({ lag }) => ({ y: lag }))].flatMap(({ y }) => y),
    ),
    lines: [
      ...statics.map(({ beta, delay, lag }) => ({
        x: delay,
        y: lag,
        colour: colourOfBeta(beta),
        dashed: true,
        label: `β = ${beta}`,
      })),
      ...lines.map(({ beta, x, y }) => ({ x, y, colour: colourOfBeta(beta) })),
    ],
  };
}
