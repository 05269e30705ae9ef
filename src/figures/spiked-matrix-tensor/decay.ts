import { createSchedule } from "../../schedule";
import { linear, log, tickText } from "../drawing/axis";
import { theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { table } from "../kit/table";
import {
  crossingText,
  follow,
  holdThenDecay,
  initialOverlap,
  paper,
  runNote,
  staticsAt,
  studiedText,
} from "./setting";

const BETAS = [0.2, 0.4, 0.6, 0.8, 1];
const FIRST_DELAY = 0.3;

/** The exponent of the decay, from the start and from after the crossing. */
export const decay = figure({
  id: "spiked-decay",
  title: "Finding a signal: how fast to decay",
  paper: `${paper}, figure 9`,

  // Last time and clock of the decays from the start, of which the fastest takes longest; last time of those from a hold, and the switch
  // time soon after the crossing at constant rate; tolerance; exponents; times on each dashed line.
  presets: {
    quick: {
      early: 1e6,
      clockUntil: 60,
      until: 300,
      switchTime: 15,
      tolerance: 1e-3,
      betas: [0.4, 1],
      staticTimes: 8,
    },
    standard: {
      early: 1e6,
      clockUntil: 1000,
      until: 1000,
      switchTime: 15,
      tolerance: 1e-4,
      betas: BETAS,
      staticTimes: 20,
    },
    paper: {
      early: 1e6,
      clockUntil: 1e5,
      until: 1000,
      switchTime: 15,
      tolerance: 1e-5,
      betas: BETAS,
      staticTimes: 30,
    },
  },
  cost: { quick: 11, standard: 44, paper: 120 },
  sizesText: ({ early, betas }) =>
    `m = ${tickText(initialOverlap)} at the start, to t = ${tickText(early)} for ${betas.length} exponents`,

  async compute(lab, { early, clockUntil, until, switchTime, tolerance, betas, staticTimes }) {
    const groundState = staticsAt(0);
    const wanted = [
      ...[0, ...betas].map((beta) => {
        const { clock, time } = createSchedule(holdThenDecay(0, beta));
        // Rounded down, for a config that can be read.
        const last = clock(early) <= clockUntil ? early : Math.floor(time(clockUntil));
        return { beta, ts: 0, until: last, label: `β = ${beta} from the start` };
      }),
      ...betas.map((beta) => ({ beta, ts: switchTime, until, label: `β = ${beta} from ts = ${switchTime}` })),
    ];
    const found = await lab.parts(wanted, async ({ beta, ts, until, label }, inner) => ({
      beta,
      ...(await follow(inner, label, { until, tolerance }, holdThenDecay(ts, beta))),
    }));
    return {
      fromStart: found.slice(0, betas.length + 1),
      afterHold: found.slice(betas.length + 1).map(({ crossing: _, ...curve }) => {
        const late = [...curve.time.keys()].filter((k) => curve.time[k] > switchTime);
        const distance = {
          delay: late.map((k) => curve.time[k] - switchTime),
          lag: late.map((k) => groundState.overlap - curve.overlap[k]),
        };
        return { ...curve, distance };
      }),
      statics: betas.map((beta) => ({
        beta,
        ...momentaryEquilibrium(beta, { switchTime, until, staticTimes }),
      })),
      groundState,
    };
  },

  show({ fromStart, afterHold, statics, groundState }, sizes) {
    const { early, clockUntil, until, switchTime } = sizes;
    const picture = (
      curves: typeof afterHold | typeof fromStart,
      quantity: "overlap" | "loss",
      from: number,
      to: number,
    ) => ({
      description: `${quantity} against time for several exponents of the decay; dotted: ground state`,
      x: log("time t", { ends: [from, to] }),
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
        `${studiedText}, in the limit N → ∞. First and second: the rate (1 + t)⁻ᵝ decays from the start, overlap and loss. The faster it decays, the lower ` +
        `the loss at first, where only the noise is less, and the later the signal is found, from which on it falls to the ground state. Third: the rate is 1 up to ` +
        `ts = ${switchTime}, when the signal is found, and (1 + t − ts)⁻ᵝ from then on. ` +
        `Now the faster decay gets closer to the ground state, up to β = 1. Fourth: what is missing to the overlap of the ground state. ` +
        `Lines: dynamics; dashed: the equilibrium at the momentary temperature T·η, which the dynamics follows closely.`,
      panels: {
        "Overlap, decay from the start": picture(fromStart, "overlap", fromStart[0].time[0], early),
        "Loss, decay from the start": picture(fromStart, "loss", fromStart[0].time[0], early),
        [`Loss, constant rate up to ts = ${switchTime}, then decay`]: picture(
          afterHold,
          "loss",
          switchTime / 2,
          until,
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
          ({ crossing }) => (crossing === null ? "not yet" : tickText(Number(crossing.toPrecision(4)))),
        ],
        [
          `T·η at t = ${until}, decay from ts`,
          ({ beta }) => momentaryTemperature(beta, switchTime, until).toPrecision(2),
        ],
        ["overlap missing then", (_, k) => statics[k].lag[statics[k].lag.length - 1].toPrecision(2)],
      ]),
      notes: [
        `Signal found: overlap ${crossingText}. The last column is the equilibrium at T·η.`,
        `Lines of the first two end at t = ${tickText(early)}, or where the clock ∫η dt reaches ${clockUntil}: slow decays come to it early.`,
        runNote([...fromStart, ...afterHold]),
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
