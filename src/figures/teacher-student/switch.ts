import { log, logTime } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf, rampColour } from "../drawing/palette";
import { seedFor, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { fixed, table } from "../kit/table";
import { BETA, crossing, paper, switched, switchText, teacherStudent, tolerance } from "./setting";

/** Two orthogonal units, and a student with small overlaps that are not alike. */
const initial = {
  crossOverlap: [
    [0.1, -0.05],
    [-0.05, 0.15],
  ],
};
const FIRST_TIME = 0.3;

/** When to begin the decay: the final error by the time of the switch, with label noise and without, at infinite N. */
export const switchTime = figure({
  id: "teacher-student-switch",
  title: "Teacher and student: when to begin the decay",
  paper: `${paper}, figure 7`,

  // Theory: last time, switches of the curves, first and last switch and number of the scan. Finite system: the rest.
  presets: {
    quick: {
      rate: 0.5,
      until: 1000,
      curves: [5, 40, 150],
      scan: [10, 600, 9],
      size: 100,
      samples: 6,
      simulatedUntil: 200,
    },
    standard: {
      rate: 0.5,
      until: 3000,
      curves: [5, 40, 100, 200],
      scan: [5, 2000, 24],
      size: 300,
      samples: 10,
      simulatedUntil: 300,
    },
    paper: {
      rate: 0.1,
      until: 20000,
      curves: [10, 100, 300, 1000, 3000],
      scan: [10, 15000, 40],
      size: 1000,
      samples: 32,
      simulatedUntil: 3000,
    },
  },
  cost: { quick: 4, standard: 55, paper: 15_000 },
  sizesText: ({ rate, until, size, samples }) =>
    `η₀ = ${rate}, theory to t = ${until}, N = ${size}, ${samples} samples`,

  async compute(lab, { rate, until, curves, scan, size, samples, simulatedUntil }) {
    const times = timesBetween(FIRST_TIME, until, 90);
    const switches = timesBetween(scan[0], scan[1], scan[2]);
    const solve = (inner: typeof lab, noise: number, at: number | null) =>
      inner.solve(
        `σ = ${noise}, ${switchText(at)}`,
        teacherStudent(
          { schedule: switched(rate, at), labelNoise: noise, initial },
          { method: { kind: "ode", until, tolerance }, report: { times } },
        ),
      );
    const scans = await lab.parts(
      [0, 0.3],
      async (noise, inner) => {
        const constant = await solve(inner, noise, null);
        const final: number[] = [];
        for (const at of switches) {
          final.push((await solve(inner, noise, at)).sample([until]).series.generalisationError[0]);
        }
        const level = constant.sample([until]).series.generalisationError[0];
        return {
          noise,
          specialisation: constant.events!.specialisationTime[0],
          switches,
          final,
          level,
          // Without label noise the constant rate reaches the teacher, and nothing falls below it.
          crossing: level > LEAST ? crossing(switches, final, level) : null,
        };
      },
      { calls: switches.length + 1 },
    );
    const runs = await lab.parts(
      [null, ...curves],
      async (at, inner) => {
        const { time, series } = (await solve(inner, 0.3, at)).sample(times);
        const finite = await inner.simulate(
          `${switchText(at)}, finite system`,
          teacherStudent(
            { schedule: switched(rate, at), labelNoise: 0.3, initial },
            {
              simulation: { dimension: size, samples, seed: seedFor("switch"), until: simulatedUntil },
              report: { times: timesBetween(1, simulatedUntil, 12) },
            },
          ),
        );
        return {
          at,
          theory: plain({ time, error: series.generalisationError }),
          finite: plain({
            time: finite.time,
            error: finite.series.generalisationError,
            standardError: finite.standardError.generalisationError,
          }),
        };
      },
      { calls: 2 },
    );
    return { scans, runs };
  },

  show({ scans, runs }, { rate, until, size, samples }) {
    const noisy = scans[1];
    return {
      caption:
        `Two erf units learn two, online; η = ${rate} up to t_s, then ${rate} (1 + t − t_s)^−${BETA}. Lines: order-parameter ` +
        `equations for N → ∞. Dots: mean over ${samples} students of N = ${size}, bars of one standard error. Units of ` +
        `the student become those of the teacher at t = ${fixed(noisy.specialisation, 0)} at the constant rate. A decay that begins before ends ` +
        "stuck on the plateau. With label noise of deviation 0.3 a decay that begins after it ends below the constant rate; " +
        "without label noise it never does: the noise of SGD dies out by itself as the student reaches its teacher.",
      panels: {
        "Error along the run, label noise 0.3": {
          description: "Generalisation error against time, both logarithmic, by time of the switch",
          x: logTime,
          y: log("generalisation error ε_g"),
          marks: runs.flatMap(({ at, theory: { time, error }, finite }, k) => {
            const colour = rampColour(k, runs.length);
            return [
              theory(time, error, { colour, label: switchText(at) }),
              measured(finite.time, finite.error, { ...finite, colour }),
            ];
          }),
          moments: [{ value: noisy.specialisation, label: "specialisation" }],
        },
        [`Error at t = ${until} by time of the switch`]: {
          description: `Generalisation error at t = ${until} against the time of the switch, and that of the constant rate`,
          drawings: scans.map(({ noise, switches, final, level, specialisation }, k) => ({
            title: `label noise ${noise}`,
            x: log("time of the switch t_s"),
            y: log("final error ε_g"),
            marks: [theory(...above(LEAST, switches, final), { colour: colourOf(k) })],
            levels: level > LEAST ? [{ value: level, label: "no decay" }] : [],
            moments: [{ value: specialisation, label: "specialisation", left: true }],
          })),
        },
      },
      table: table(scans, [
        ["label noise", ({ noise }) => noise],
        ["specialisation, no decay", ({ specialisation }) => specialisation, 1],
        [`ε_g(${until}), no decay`, ({ level }) => Number(level.toPrecision(3))],
        ["crossing t_s", (row) => row.crossing, 1],
        ["crossing / specialisation", (row) => row.crossing && row.crossing / row.specialisation, 2],
      ]),
      notes: [
        "The crossing is the earliest switch that ends no higher than the constant rate. It depends on when the end is: a later " +
          "one lets an early switch come further down. Errors below 10⁻⁶ are left out.",
        "The paper draws the loss on a data set without label noise; see the figure of widths for that.",
      ],
    };
  },
});

/** Below, an error is as good as 0. */
const LEAST = 1e-6;

/** The points of a curve that lie above a level. */
function above(level: number, x: readonly number[], y: readonly number[]): [number[], number[]] {
  const high = [...y.keys()].filter((k) => y[k] > level);
  return [high.map((k) => x[k]), high.map((k) => y[k])];
}
