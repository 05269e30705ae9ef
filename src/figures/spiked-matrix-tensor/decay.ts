import { createSchedule } from "../../schedule";
import { linear, log, tickText } from "../drawing/axis";
import { theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { table } from "../kit/table";
import { crossingText, follow, holdThenDecay, paper, RUNS, runNote, staticsAt, studiedText } from "./setting";

const BETAS = [0.2, 0.4, 0.6, 0.8, 1];
const FIRST_DELAY = 0.3;

/** The exponent of the decay, from the start and from after the crossing. */
export const decay = figure({
  id: "spiked-decay",
  title: "Finding a signal: how fast to decay",
  paper: `${paper}, figure 9`,

  // Runs as in the setting; coarsest step of those after a hold, which are extrapolated to 0; when the decay sets in
  // there, soon after the crossing at constant rate; times on each dashed line.
  presets: {
    quick: { ...RUNS.quick, clockUntil: 18.5, heldStep: 0.18, switchTime: 8, staticTimes: 8 },
    standard: { ...RUNS.standard, clockUntil: 32, heldStep: 0.12, switchTime: 15, staticTimes: 20 },
    paper: { ...RUNS.paper, clockUntil: 32, heldStep: 0.08, switchTime: 15, staticTimes: 30 },
  },
  cost: { quick: 1.8, standard: 7.8, paper: 25 },
  sizesText: ({ initialOverlap, until, clockUntil }) =>
    `m = ${tickText(initialOverlap)} at the start, to t = ${until} or clock ${clockUntil}`,

  async compute(lab, sizes) {
    const groundState = staticsAt(0);
    const { switchTime, heldStep } = sizes;
    const early = [0, ...BETAS].map((beta) => ({
      beta,
      ts: 0,
      run: sizes,
      label: `β = ${beta} from the start`,
    }));
    // The distance to the ground state gets as small as the error of a grid: extrapolated to none.
    const held = BETAS.map((beta) => ({
      beta,
      ts: switchTime,
      run: { ...sizes, step: heldStep, extrapolate: true },
      label: `β = ${beta} from ts = ${switchTime}`,
    }));
    const found = await lab.parts([...early, ...held], async ({ beta, ts, run, label }, inner) => ({
      beta,
      ...(await follow(inner, label, run, holdThenDecay(ts, beta))),
    }));
    return {
      fromStart: found.slice(0, early.length),
      afterHold: found.slice(early.length).map(({ crossing: _, ...curve }) => {
        const late = [...curve.time.keys()].filter((k) => curve.time[k] > switchTime);
        const distance = {
          delay: late.map((k) => curve.time[k] - switchTime),
          lag: late.map((k) => groundState.overlap - curve.overlap[k]),
        };
        return { ...curve, distance };
      }),
      statics: BETAS.map((beta) => ({ beta, ...momentaryEquilibrium(beta, sizes) })),
      groundState,
    };
  },

  show({ fromStart, afterHold, statics, groundState }, sizes) {
    const { until, clockUntil, switchTime, heldStep } = sizes;
    const picture = (
      curves: typeof afterHold | typeof fromStart,
      quantity: "overlap" | "loss",
      from: number,
    ) => ({
      description: `${quantity} against time for several exponents of the decay; dotted: ground state`,
      x: log("time t", { ends: [from, until] }),
      y:
        quantity === "overlap"
          ? linear("overlap m", { holds: [0, 1] })
          : linear("loss per spin", { holds: [groundState.loss] }),
      marks: curves.map(({ beta, time, [quantity]: values }) =>
        theory(time, values, { colour: colourOfBeta(beta), label: `β = ${beta}` }),
      ),
      levels: [{ value: groundState[quantity], label: "ground state" }],
    });
    return {
      caption:
        `${studiedText}, in the limit N → ∞. First: the rate (1 + t)⁻ᵝ decays from the start. The faster it decays, the later the ` +
        `signal is found. Second: the rate is 1 up to ts = ${switchTime}, when the signal is found, and (1 + t − ts)⁻ᵝ from then on. ` +
        `Now the faster decay gets closer to the ground state, up to β = 1. Third: what is missing to the overlap of the ground state. ` +
        `Lines: dynamics; dashed: the equilibrium at the momentary temperature T·η, which the dynamics follows closely.`,
      panels: {
        "Overlap, decay from the start": picture(fromStart, "overlap", fromStart[0].time[0]),
        [`Loss, constant rate up to ts = ${switchTime}, then decay`]: picture(
          afterHold,
          "loss",
          switchTime / 2,
        ),
        "Distance to the ground state after the switch": {
          description:
            "Overlap missing to the ground state against the time since the switch, both logarithmic",
          x: log("time since the switch t − ts", { ends: [FIRST_DELAY, until - switchTime] }),
          y: log("m of the ground state − m"),
          marks: [
            ...statics.map(({ beta, delay, lag }) =>
              theory(delay, lag, { colour: colourOfBeta(beta), dashed: true, label: `β = ${beta}` }),
            ),
            ...afterHold.map(({ beta, distance: { delay, lag } }) =>
              theory(delay, lag, { colour: colourOfBeta(beta) }),
            ),
          ],
        },
      },
      table: table(fromStart.slice(1), [
        ["β", ({ beta }) => beta],
        [
          "signal found at t =, decay from the start",
          ({ crossing }) => (crossing === null ? "not yet" : crossing.toFixed(1)),
        ],
        [
          `T·η at t = ${until}, decay from ts`,
          ({ beta }) => momentaryTemperature(beta, switchTime, until).toPrecision(2),
        ],
        ["overlap missing then", (_, k) => statics[k].lag[statics[k].lag.length - 1].toPrecision(2)],
      ]),
      notes: [
        `Signal found: overlap ${crossingText}. The last column is the equilibrium at T·η.`,
        `Lines end at t = ${until}, or where the clock ∫η dt reaches ${clockUntil}, to which the grid extends: slow decays come to it early.`,
        `${runNote(sizes)} After a hold they are extrapolated to 0 from three grids, the coarsest of step ${heldStep}: the distance to the ground state gets as small as the error of one grid.`,
        "The paper writes rates t⁻ᵝ and (t − ts)⁻ᵝ; shifted by 1 they are defined from the start.",
      ],
    };
  },
});

const colourOfBeta = (beta: number) => (beta === 0 ? "currentColor" : colourOf(BETAS.indexOf(beta)));

const momentaryTemperature = (beta: number, switchTime: number, t: number) =>
  createSchedule(holdThenDecay(switchTime, beta)).rate(t);

type Times = Record<"switchTime" | "until" | "staticTimes", number>;

/** Overlap missing to the ground state if the system were in equilibrium at T·η, T = 1, at every moment. */
function momentaryEquilibrium(beta: number, { switchTime, until, staticTimes }: Times) {
  const delay = timesBetween(FIRST_DELAY, until - switchTime, staticTimes);
  const lag = delay.map((wait) => {
    const { overlap } = staticsAt(momentaryTemperature(beta, switchTime, switchTime + wait));
    return staticsAt(0).overlap - overlap;
  });
  return { delay, lag };
}
