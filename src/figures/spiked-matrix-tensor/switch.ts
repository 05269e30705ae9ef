import { rampColour } from "../drawing/palette";
import { plain } from "../kit/plain";
import { linearAxis, logAxis, tickText } from "../old/drawing/axis";
import { draw } from "../old/drawing/drawing";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../old/kit/figure";
import { citationsOf } from "../old/kit/recipe";
import { paper } from "../old/setting";
import {
  constantRate,
  crossingText,
  crossingTime,
  followRecipe,
  holdThenDecay,
  runNote,
  type SpikedRun,
  type Statics,
  spikedTheory,
  staticsAt,
  studiedText,
} from "./setting";

/** Sizes of the computation behind the figure. `clockUntil` ends the constant rate; it must reach past the crossing. */
export interface SwitchSizes extends SpikedRun {
  readonly switchTimes: readonly number[];
}

const SIZES: Record<Preset, SwitchSizes> = {
  quick: {
    initialOverlap: 1e-6,
    until: 300,
    clockUntil: 25,
    step: 0.05,
    switchTimes: [0, 2, 4, 6, 8, 10, 14],
  },
  paper: {
    initialOverlap: 1e-10,
    until: 1000,
    clockUntil: 40,
    step: 0.025,
    switchTimes: [0, 2, 4, 6, 8, 10, 12, 14, 17, 20, 25],
  },
};

/** Decay exponent after the switch. */
const EXPONENT = 0.8;

/** Hold the rate, then let it decay: too early delays the signal, late enough leads to the ground state. */
export const spikedSwitch: Figure = {
  id: "spiked-switch",
  title: "Finding a signal: when to start the decay",
  paper: `${paper}, figure 6`,
  run: (preset, tools) => switchFigure(SIZES[preset], tools),
};

interface Curve {
  readonly label: string;
  readonly colour: string;
  readonly time: number[];
  readonly overlap: number[];
  readonly loss: number[];
  /** null where the run ends before. */
  readonly crossing: number | null;
}

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function switchFigure(sizes: SwitchSizes, tools: FigureTools): Promise<FigureResult> {
  const { switchTimes } = sizes;
  const groundState = staticsAt(0);
  const equilibrium = staticsAt(1);
  const level = equilibrium.overlap / 2;
  const follow = async (recipe: Recipe, label: string, colour: string): Promise<Curve> => {
    const { solution, shown } = await followRecipe(recipe, tools.options);
    const { overlap, loss } = shown.series;
    return {
      label,
      colour,
      ...plain({ time: shown.time, overlap, loss }),
      crossing: crossingTime(solution, level) ?? null,
    };
  };
  const recipes = [
    spikedTheory(sizes, constantRate, "constant rate"),
    ...switchTimes.map((ts) =>
      spikedTheory({ ...sizes, clockUntil: Infinity }, holdThenDecay(ts, EXPONENT), `decay from ts = ${ts}`),
    ),
  ];
  const curves: Curve[] = [];
  for (const [k, recipe] of recipes.entries()) {
    curves.push(
      k === 0
        ? await follow(recipe, "constant", "currentColor")
        : await follow(recipe, `ts = ${switchTimes[k - 1]}`, rampColour(k - 1, switchTimes.length)),
    );
  }
  const coarse = spikedTheory({ ...sizes, step: 2 * sizes.step }, constantRate, "constant rate, double step");
  const coarseCrossing = (await follow(coarse, "", "")).crossing;
  const crossing = curves[0].crossing;
  const panel = (quantity: "loss" | "overlap") =>
    drawCurves(quantity, curves, { groundState, equilibrium }, sizes.until, tools.document);
  return {
    id: spikedSwitch.id,
    title: spikedSwitch.title,
    paper: spikedSwitch.paper,
    caption:
      `${studiedText}, in the limit N → ∞. The rate is 1 up to ts and (1 + t − ts)⁻⁰·⁸ from then on; the black line (white on a dark screen) keeps it at 1. ` +
      `At constant rate the signal is found at t = ${inPrint(crossing)} (dotted vertical: overlap ${crossingText}), and the noise then holds the ` +
      `system at the equilibrium of T = 1. A decay from before that time lowers the loss at once, but delays the signal: ` +
      `the earlier, the longer. A decay from after it leads straight to the ground state.`,
    panels: [
      { name: "Loss", svg: panel("loss") },
      { name: "Overlap with the signal", svg: panel("overlap") },
    ],
    table: {
      columns: ["schedule", "signal found at t =", "last t", "overlap then", "loss then"],
      rows: curves.map(({ label, time, overlap, loss, crossing }) => [
        label,
        inPrint(crossing),
        time[time.length - 1],
        overlap[overlap.length - 1].toFixed(4),
        Number(loss[loss.length - 1].toFixed(4)),
      ]),
    },
    notes: [
      runNote(sizes),
      ...(crossing !== null && coarseCrossing !== null
        ? [
            `With steps twice as long the constant rate crosses at t = ${inPrint(coarseCrossing)}; errors fall with the square ` +
              `of the step, so that the crossing in print is off by about ${(Math.abs(crossing - coarseCrossing) / 3).toPrecision(1)}.`,
          ]
        : []),
      `Ground state: overlap ${groundState.overlap.toFixed(4)}, loss ${groundState.loss.toFixed(4)}. The constant rate is followed ` +
        `to t = ${curves[0].time[curves[0].time.length - 1]} only: it no longer changes.`,
      `A system that decays too early is late, not lost: in the clock it needs about as long as at constant rate, and a decaying clock takes ` +
        `its time. The smaller the start, or the larger β, the longer that is.`,
      PAPER_COST,
    ],
    data: { curves, groundState, equilibrium, crossing, coarseCrossing },
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

const PAPER_COST = `Paper preset: m = ${tickText(SIZES.paper.initialOverlap)} at the start, to t = ${SIZES.paper.until}, steps of ${SIZES.paper.step}; about 2 minutes on one core, estimated from single runs.`;

const inPrint = (crossing: number | null) => (crossing === null ? "not yet" : crossing.toFixed(2));

function drawCurves(
  quantity: "loss" | "overlap",
  curves: readonly Curve[],
  { groundState, equilibrium }: Record<"groundState" | "equilibrium", Statics>,
  until: number,
  document: Document,
): string {
  const values = curves.flatMap((curve) => curve[quantity]);
  const { crossing } = curves[0];
  return draw(
    {
      description: `${quantity} against time for a constant rate and for decays from several switch times; dashed: ground state and equilibrium at T = 1`,
      x: logAxis("time t", [curves[0].time[0], until], 0),
      y:
        quantity === "loss"
          ? linearAxis("loss per spin", [...values, groundState.loss])
          : linearAxis("overlap m", [0, 1]),
      lines: curves.map((curve) => ({
        x: curve.time,
        y: curve[quantity],
        colour: curve.colour,
        label: curve.label,
      })),
      levels: [
        { value: groundState[quantity], label: "ground state" },
        { value: equilibrium[quantity], label: "equilibrium at T = 1" },
      ],
      ...(crossing !== null && { moments: [{ value: crossing, label: "" }] }),
    },
    document,
  );
}
