import { createSchedule, type ScheduleSpec } from "../../schedule";
import { linear, log, logTime, tickText } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { fixed, table } from "../kit/table";
import { paper, sphericalSk } from "./setting";

/** Below Δ, so that noise alone does not keep the bulk of the Hessian above 0. */
const TEMPERATURE = 0.3;
const RATE = 1;
const NOISE = 0.4;
const FIRST = 0.1;
/** Time scale τ of the decay with a signal: β = 1 lets the descent go on as t^−2η0τκ only. */
const UNIT = 10;
/** Of the decay after the search: this far beyond the crossing. */
const LATE = 1.5;

interface Way {
  readonly name: string;
  readonly schedule: number | ScheduleSpec;
}

const decay = (exponent: number, unit: number, switchTime = 0): Way["schedule"] => ({
  kind: "hold-then-decay" as const,
  rate: RATE,
  switchTime,
  exponent,
  unit,
});

/** The sketch of the paper, by exact runs: one landscape without a signal, and one with, in which search and convergence follow each other. */
export const twoPhases = figure({
  id: "spherical-sk-two-phases",
  title: "Two landscapes, and the best rate in each",
  paper: `${paper}, figure 1`,

  presets: {
    quick: { until: 1e4, initialOverlap: 1e-8, times: 80 },
    standard: { until: 1e5, initialOverlap: 1e-8, times: 120 },
    paper: { until: 1e6, initialOverlap: 1e-8, times: 160 },
  },
  cost: { quick: 1.6, standard: 2.5, paper: 4 },
  sizesText: ({ until }) => `exact for N → ∞, to t = ${until}`,

  async compute(lab, { until, initialOverlap, times }) {
    const landscapes = [
      { name: "no signal" as const, parameters: { temperature: TEMPERATURE } },
      {
        name: "signal" as const,
        parameters: { temperature: TEMPERATURE, noise: NOISE, signal: 1, initialOverlap },
      },
    ];
    const time = timesBetween(FIRST, until, times);
    const [, planted] = landscapes;
    const search = timesBetween(1, 1000, 600);
    const { overlap, hessianLeftEdge: bulk } = (
      await lab.solve(
        "signal, constant rate, for the crossing",
        sphericalSk(
          { ...planted.parameters, schedule: RATE },
          { method: { until: 1000 }, report: { times: search } },
        ),
      )
    ).sample(search).series;
    const crossing = search[overlap.findIndex((m) => m >= overlap[overlap.length - 1] / 2)];
    const convexFrom = search[bulk.findIndex((edge) => edge > 0)];
    const ways: Readonly<Record<"no signal" | "signal", readonly Way[]>> = {
      "no signal": [
        { name: "constant", schedule: RATE },
        { name: "β = ½", schedule: decay(0.5, 1) },
        { name: "β = 1", schedule: decay(1, 1) },
      ],
      signal: [
        { name: "constant", schedule: RATE },
        { name: "β = 1 from the start", schedule: decay(1, UNIT) },
        { name: "search, then β = 1", schedule: decay(1, UNIT, Number((LATE * crossing).toPrecision(3))) },
      ],
    };
    const panels = await lab.parts(
      landscapes,
      async ({ name, parameters }, inner) => {
        const curves = [];
        for (const way of ways[name]) {
          const solution = await inner.solve(
            `${name}, ${way.name}`,
            sphericalSk(
              { ...parameters, schedule: way.schedule },
              { method: { until }, report: { times: time } },
            ),
          );
          const { excessLoss, hessianLeftEdge } = solution.sample(time).series;
          curves.push({ name: way.name, ...plain({ excess: excessLoss, edge: hessianLeftEdge }) });
        }
        return { name, curves };
      },
      { calls: 3 },
    );
    const rates = panels.map(({ name }) =>
      ways[name].map(({ schedule }) => time.map(createSchedule(schedule).rate)),
    );
    return { time, crossing, convexFrom, panels: panels.map((panel, k) => ({ ...panel, rates: rates[k] })) };
  },

  show({ time, crossing, convexFrom, panels }, { initialOverlap }) {
    const [rough, planted] = panels;
    const last = ({ excess, edge }: Curve) => ({
      excess: excess[time.length - 1],
      edge: edge[time.length - 1],
    });
    return {
      caption:
        `The sketch of the paper by exact runs of the spherical SK model, N → ∞, T = ${TEMPERATURE}: rate, loss above the ground state, and left edge of the bulk of the Hessian against time. Left, without a signal: ` +
        `the edge is below 0 at all times, the landscape never gets convex, and a rate that falls as t^−½ (0 < β < 1) ends lowest. Right, with a signal (Δ = ${NOISE}, overlap ${tickText(initialOverlap)} at the start): ` +
        `at the constant rate the edge rises above 0 at t = ${fixed(convexFrom, 0)}, and the overlap is half of its last value at t_cross = ${fixed(crossing, 0)} (dotted): search before, convergence after. The best there is the constant rate (β = 0) ` +
        `until the signal is found and β = 1 from then on; β = 1 from the start finds it late.`,
      panels: {
        "Rate, loss and Hessian": {
          description:
            "Learning rate, excess loss and left edge of the Hessian against time, without and with a signal",
          rowHeight: 250,
          drawings: (["rate", "excess", "edge"] as const).flatMap((what) => [
            drawingOf("no signal: search without end", time, rough, what),
            drawingOf("signal: search, then convergence", time, planted, what, crossing),
          ]),
        },
      },
      table: table(
        panels.flatMap(({ name, curves }) => curves.map((curve) => ({ landscape: name, ...curve }))),
        [
          ["landscape", ({ landscape }) => landscape],
          ["rate", ({ name }) => name],
          [
            `excess loss at t = ${tickText(time[time.length - 1])}`,
            (curve) => Number(last(curve).excess.toPrecision(3)),
          ],
          ["edge of the Hessian", (curve) => Number(last(curve).edge.toPrecision(2))],
        ],
      ),
      notes: [
        `The decays are η₀(1 + t)^−β without a signal, and η₀(1 + (t − t_s)/${UNIT})^−1 with it: η₀·${UNIT} has to be above 1/(2κ), κ = ${((1 - NOISE) ** 2).toFixed(2)}, for β = 1 to be best.`,
        `The switch is at ${LATE} t_cross. With a fixed first overlap the crossing does not depend on N; from a random start, of overlap 1/√N, it grows as ln N.`,
        "The bulk of the Hessian is what is drawn; the direction of the signal itself curves down until the signal is found.",
      ],
    };
  },
});

interface Curve {
  readonly name: string;
  readonly excess: readonly number[];
  readonly edge: readonly number[];
}

const AXES = {
  rate: log("learning rate η"),
  excess: log("ℓ − ℓ_0"),
  edge: linear("left edge of the Hessian", { holds: [0] }),
};

function drawingOf(
  title: string,
  time: readonly number[],
  { curves, rates }: { readonly curves: readonly Curve[]; readonly rates: readonly (readonly number[])[] },
  what: keyof typeof AXES,
  crossing?: number,
): Drawing {
  return {
    ...(what === "rate" && { title }),
    x: logTime,
    y: AXES[what],
    legend: what === "edge" ? "bottom-right" : "bottom-left",
    marks: curves.map((curve, k) =>
      theory(time, what === "rate" ? rates[k] : curve[what], { colour: colourOf(k), label: curve.name }),
    ),
    ...(what === "edge" && { levels: [{ value: 0, label: "" }] }),
    ...(crossing !== undefined && { moments: [{ value: crossing, label: "" }] }),
  };
}
