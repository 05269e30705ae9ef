import { linear, logTime, tickText } from "../drawing/axis";
import { theory } from "../drawing/marks";
import { rampColour } from "../drawing/palette";
import { figure } from "../kit/figure";
import { table } from "../kit/table";
import {
  constantRate,
  crossingText,
  follow,
  holdThenDecay,
  initialOverlap,
  paper,
  runNote,
  staticsAt,
  studiedText,
} from "./setting";

/** Decay exponent after the switch. */
const EXPONENT = 0.8;
const SWITCH_TIMES = [0, 2, 4, 6, 8, 10, 12, 14, 17, 20, 25];

/** Hold the rate, then let it decay: too early delays the signal, late enough leads to the ground state. */
export const switchTime = figure({
  id: "spiked-switch",
  title: "Finding a signal: when to start the decay",
  paper: `${paper}, figure 6`,

  // Last time and tolerance of the theory; switch times.
  presets: {
    quick: { until: 1000, tolerance: 1e-3, switchTimes: [0, 4, 8, 14] },
    standard: { until: 1000, tolerance: 1e-4, switchTimes: SWITCH_TIMES },
    paper: { until: 1000, tolerance: 1e-5, switchTimes: SWITCH_TIMES },
  },
  cost: { quick: 12, standard: 45, paper: 120 },
  sizesText: ({ until, switchTimes }) =>
    `m = ${tickText(initialOverlap)} at the start, to t = ${until} for ${switchTimes.length} switch times`,

  async compute(lab, { switchTimes, ...run }) {
    const wanted = [
      { label: "constant", schedule: constantRate },
      ...switchTimes.map((ts) => ({ label: `ts = ${ts}`, schedule: holdThenDecay(ts, EXPONENT) })),
    ];
    const curves = await lab.parts(wanted, async ({ label, schedule }, inner) => ({
      label,
      ...(await follow(inner, `learning rate: ${label}`, run, schedule)),
    }));
    return { curves, groundState: staticsAt(0), equilibrium: staticsAt(1), crossing: curves[0].crossing };
  },

  show({ curves, groundState, equilibrium, crossing }) {
    const picture = (quantity: "loss" | "overlap" | "edge") => ({
      description: `${words[quantity]} against time for a constant rate and for decays from several switch times; dashed: ground state and equilibrium at T = 1`,
      x: logTime,
      y:
        quantity === "loss"
          ? linear(words.loss, { holds: [groundState.loss] })
          : linear(words[quantity], { holds: [0, 1] }),
      marks: curves.map((curve, k) =>
        theory(curve.time, curve[quantity], {
          colour: k === 0 ? "currentColor" : rampColour(k - 1, curves.length - 1),
          label: curve.label,
        }),
      ),
      levels:
        quantity === "edge"
          ? [{ value: 0, label: "" }]
          : [
              { value: groundState[quantity], label: "ground state" },
              { value: equilibrium[quantity], label: "equilibrium", left: true },
            ],
      moments: crossing === null ? [] : [{ value: crossing, label: "" }],
    });
    return {
      caption:
        `${studiedText}, in the limit N → ∞. The rate is 1 up to ts and (1 + t − ts)⁻⁰·⁸ from then on; the black line (white on a dark screen) keeps it at 1. ` +
        `At constant rate the signal is found at t = ${inPrint(crossing)} (dotted vertical: overlap ${crossingText}), and the noise then holds the ` +
        `system at the equilibrium of T = 1. A decay from before that time lowers the loss at once, but delays the signal: ` +
        `the earlier, the longer. A decay from after it leads straight to the ground state. Third: the lower edge of the bulk of the Hessian on the sphere. ` +
        `It comes up from below, and is above 0 once the signal is found: no direction of the bulk curves down any more.`,
      panels: {
        Loss: picture("loss"),
        "Overlap with the signal": picture("overlap"),
        "Lower edge of the Hessian": picture("edge"),
      },
      table: table(curves, [
        ["schedule", ({ label }) => label],
        ["signal found at t =", ({ crossing }) => inPrint(crossing)],
        ["last t", ({ time }) => last(time)],
        ["overlap then", ({ overlap }) => last(overlap), 4],
        ["loss then", ({ loss }) => last(loss), 4],
      ]),
      notes: [
        runNote(curves),
        `Ground state: overlap ${groundState.overlap.toFixed(4)}, loss ${groundState.loss.toFixed(4)}.`,
        `A system that decays too early is late, not lost: in the clock it needs about as long as at constant rate, and a decaying clock takes ` +
          `its time. The smaller the start, or the larger β, the longer that is.`,
      ],
    };
  },
});

const words = { loss: "loss per spin", overlap: "overlap m", edge: "z − 2√Q″(1)" };

const last = (values: readonly number[]) => values[values.length - 1];

const inPrint = (crossing: number | null) => (crossing === null ? "not yet" : crossing.toFixed(2));
