import type { Events } from "../../core/results";
import { linear, time as timeAxis } from "../drawing/axis";
import { theory as line } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { seedFor, timesUntil } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { table } from "../kit/table";
import { DIFFUSION, riskDrawing, SHOWN_RUNS, TOLERANCE } from "./risk-drawing";
import { apartText, type ExitMean, exitMean, paper, quadratic, THRESHOLD } from "./setting";

const NETWORK = { width: 2, learningRate: 0.3, threshold: THRESHOLD };

/** A fraction f of n runs has the variance f(1 − f)/n, at most 1/(4n). */
const runsOf = (precision: number) => Math.ceil(1 / (4 * precision ** 2));

/** Two neurons from one start: what the noise of SGD does to the risk, and to the time of the exit. */
export const pair = figure({
  id: "quadratic-pair",
  title: "Escaping mediocrity: the noise of SGD, two neurons",
  paper: `${paper}, figure 3`,

  // `precision`: largest standard error of a fraction of runs, which sets the number of runs.
  presets: {
    quick: { dimension: 500, until: 2.5, precision: 0.05 },
    standard: { dimension: 3000, until: 3, precision: 0.03 },
    paper: { dimension: 3000, until: 3, precision: 0.02 },
  },
  cost: { quick: 1.6, standard: 4.6, paper: 9 },
  sizesText: ({ dimension, precision }) => `d = ${dimension}, ${runsOf(precision)} runs`,

  async compute(lab, { dimension, until, precision }) {
    const samples = runsOf(precision);
    const time = timesUntil(until, 60);
    const overlap = [1 / Math.sqrt(dimension), 1 / Math.sqrt(dimension)];
    const report = { times: time, quantities: ["excessRisk", "exitTime"] };
    const config = (rest: object) =>
      quadratic({ ...NETWORK, dimension, initial: { overlap } }, { ...rest, report });
    const run = (name: string) => ({ samples, seed: seedFor(`pair, ${name}`), until });
    const { theory, ensemble } = await lab.both(
      "equations and SGD",
      config({ method: { kind: "ode", until, tolerance: TOLERANCE }, simulation: run("SGD") }),
    );
    const diffusion = await lab.solve("diffusion", config({ method: { ...DIFFUSION, ...run("diffusion") } }));
    return {
      ...NETWORK,
      dimension,
      samples,
      curves: plain({
        time,
        equations: theory.sample(time).series.excessRisk,
        diffusion: diffusion.sample(time).series.excessRisk,
        simulation: ensemble.series.excessRisk,
        standardError: ensemble.standardError.excessRisk,
      }),
      runs: ensemble.curves!.excessRisk.slice(0, SHOWN_RUNS).map((values) => Array.from(values)),
      equationsExit: theory.events!.exitTime[0],
      exits: { sgd: sorted(ensemble.events), diffusion: sorted(diffusion.events) },
    };
  },

  show({ dimension, samples, curves, runs, equationsExit, exits }, { until, precision }) {
    const [sgd, diffusion] = [exits.sgd, exits.diffusion].map((times) =>
      exitMean({ exitTime: Float64Array.from(times) }),
    );
    const certain = { name: "equations", exits: "–", mean: equationsExit, standardError: null, spread: 0 };
    const row = (name: string, mean: ExitMean) => ({ name, ...mean, spread: spreadOf(mean) });
    const above = sgd.mean / equationsExit - 1;
    const left = (process: "sgd" | "diffusion") => staircase(exits[process], samples, until);
    return {
      caption:
        `Two neurons on the sphere at γ = ${NETWORK.learningRate}, d = ${dimension}, no label noise, always from m₁ = m₂ = 1/√d and Q₁₂ = 0. Left: excess risk; thin: ` +
        `single runs of SGD (exact process); dots: mean of ${samples} runs, bars of one standard error; line: the equations without noise; dashed: mean of the diffusion ` +
        `with the noise of SGD; verticals: mean times of the exit. Right: share of runs whose risk has fallen by a tenth, for SGD and for the diffusion; dotted vertical: the equations, which all leave at once. ` +
        `The paper does not print its start.`,
      panels: {
        "Risk, and times of exit": {
          description:
            "Two neurons: excess risk against time, and the share of runs that have left the plateau",
          rowHeight: 300,
          drawings: [
            riskDrawing("Excess risk", { ...curves, runs }, 5, {
              equations: equationsExit,
              simulation: sgd.mean,
            }),
            {
              title: "Share of runs that have left",
              x: timeAxis,
              y: linear("share", { holds: [0, 1] }),
              marks: [
                line(...left("diffusion"), { colour: colourOf(2), dashed: true, label: "diffusion" }),
                line(...left("sgd"), { colour: colourOf(3), label: "SGD" }),
              ],
              moments: [{ value: equationsExit, label: "equations" }],
            },
          ],
        },
      },
      table: table(
        [certain, row("SGD", sgd), row("diffusion", diffusion)],
        [
          ["process", ({ name }) => name],
          ["runs that exit", ({ exits }) => exits],
          [[`exit time, T = ${NETWORK.threshold}`, "SE"], (one) => one, 3],
          ["spread of a run", ({ spread }) => spread, 3],
        ],
      ),
      notes: [
        `SGD leaves ${apartText(sgd, diffusion)}`,
        `From this fixed start the noise spreads the exits by ${Math.round((100 * spreadOf(sgd)) / sgd.mean)} % of their mean, ` +
          `which is ${(100 * Math.abs(above)).toFixed(1)} % ${above < 0 ? "below" : "above"} that of the equations.`,
        `Number of runs: ${samples} each, so that no share has a standard error above ${100 * precision} %; fixed before any run. Runs and paths are independent.`,
        `The diffusion is of weak order 2 with steps of ${DIFFUSION.step}.`,
      ],
    };
  },
});

/** Standard deviation of a single run. */
const spreadOf = ({ standardError, exits }: ExitMean) => standardError * Math.sqrt(exits);

/** Times of the exits there were, ascending. */
const sorted = (events: Events | undefined): number[] =>
  Array.from(events!.exitTime.filter(Number.isFinite)).sort((a, b) => a - b);

/** Share of `samples` runs whose time has come, as corners of a staircase from 0 to `until`: x, y. */
function staircase(times: readonly number[], samples: number, until: number): [number[], number[]] {
  const corners = times.flatMap((t, k) => [
    [t, k / samples],
    [t, (k + 1) / samples],
  ]);
  const all = [[0, 0], ...corners, [until, times.length / samples]];
  return [all.map(([t]) => t), all.map(([, share]) => share)];
}
