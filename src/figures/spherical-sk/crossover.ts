import { linear, log, logTime } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { rampColour } from "../drawing/palette";
import { seedFor, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { fixed, table } from "../kit/table";
import { decaying, paper, sphericalSk } from "./setting";

const RATE = 0.1;
const BETA = 0.8;
/** κ = 1/2, the gap of the paper's figure. */
const NOISE = 1 - Math.SQRT1_2;

/** When to begin the decay with a planted signal: not before it is found. */
export const crossover = figure({
  id: "spherical-sk-crossover",
  title: "Planted SK: keep the rate until the signal is found, then decay",
  paper: `${paper}, figures 5 and 8`,

  presets: {
    quick: { size: 1000, samples: 16, until: 1e4, simulatedUntil: 1000, switches: [10, 40, 100] },
    standard: { size: 3000, samples: 60, until: 1e5, simulatedUntil: 3000, switches: [10, 40, 80, 150] },
    paper: {
      size: 3000,
      samples: 400,
      until: 1e6,
      simulatedUntil: 1e4,
      switches: [10, 20, 40, 80, 150, 300],
    },
  },
  cost: { quick: 12, standard: 52, paper: 2500 },
  sizesText: ({ size, samples, until }) => `N = ${size}, ${samples} samples, theory to t = ${until}`,

  async compute(lab, { size, samples, until, simulatedUntil, switches }) {
    const planted = { temperature: 1, noise: NOISE, signal: 1, size, spikeWeight: "random" };
    const runs = await lab.parts(
      [null, ...switches],
      async (at, inner) => {
        const schedule = at === null ? RATE : decaying(RATE, BETA, at);
        const label = at === null ? "constant rate" : `t_s = ${at}`;
        const times = timesBetween(1, until, 50);
        const solution = await inner.solve(
          `${label}, theory`,
          sphericalSk({ ...planted, schedule }, { method: { until, tolerance: 1e-5 }, report: { times } }),
        );
        const finite = await inner.simulate(
          `${label}, finite system`,
          sphericalSk(
            { ...planted, schedule },
            {
              simulation: { size, samples, seed: seedFor("sk crossover"), until: simulatedUntil },
              report: { times: timesBetween(3, simulatedUntil, 12) },
            },
          ),
        );
        const { time, series } = solution.sample(times);
        return {
          at,
          label,
          ...plain({
            time,
            excess: series.excessLoss,
            overlap: series.topOverlap,
            edge: series.hessianLeftEdge,
          }),
          finite: plain({
            time: finite.time,
            excess: finite.series.excessLoss,
            excessError: finite.standardError.excessLoss,
            overlap: finite.series.topOverlap,
            overlapError: finite.standardError.topOverlap,
          }),
        };
      },
      { calls: 2 },
    );
    const predicted = await lab.predict(
      sphericalSk({ ...planted, schedule: RATE }, {}),
      "crossing times at the constant rate",
    );
    return {
      runs,
      leading: predicted.crossoverTimeLeading as number,
      implicit: predicted.crossoverTime as number,
      hessian: predicted.crossoverTimeHessian as number,
    };
  },

  show({ runs, leading, implicit, hessian }, { size, samples, until }) {
    const moments = [{ value: implicit, label: "t_cross" }];
    const colour = (k: number) => rampColour(k, runs.length);
    return {
      caption:
        `Planted SK with gap κ = ½ (Δ = ${fixed(NOISE, 4)}), T = 1: the rate is ${RATE} until t_s, then falls as (1 + t − t_s)^−${BETA}. ` +
        `Lines: theory at N = ${size}, averaged over the random weight of the start on the outlier; dots: mean over ${samples} samples with one ` +
        "standard error, the same samples at all times and schedules, so that dots stray together. Loss above the ground state (of the sample), squared overlap with the top eigenvector, and left edge of the " +
        `Hessian's bulk. Dashed: t_cross = ${fixed(implicit, 0)} for the typical weight; its leading order ln N/(2η₀κ) is ${fixed(leading, 0)}, ` +
        `and the bulk of the Hessian is positive from t = ${fixed(hessian, 0)} on.`,
      panels: {
        "Loss above the ground state": {
          description: "Excess loss against time by switch time",
          drawings: [
            {
              x: logTime,
              y: log("ℓ − ℓ_0"),
              moments,
              legend: "bottom-left" as const,
              marks: runs.flatMap(({ label, time, excess, finite }, k) => [
                theory(time, excess, { colour: colour(k), label }),
                measured(finite.time, finite.excess, {
                  standardError: finite.excessError,
                  colour: colour(k),
                }),
              ]),
            },
          ],
        },
        "Signal and Hessian": {
          description: "Squared overlap with the top eigenvector, and left edge of the Hessian, against time",
          columns: 2,
          drawings: [
            {
              title: "overlap",
              x: logTime,
              y: linear("q_1"),
              moments,
              legend: "top-left" as const,
              marks: runs.flatMap(({ time, overlap, finite }, k) => [
                theory(time, overlap, { colour: colour(k) }),
                measured(finite.time, finite.overlap, {
                  standardError: finite.overlapError,
                  colour: colour(k),
                }),
              ]),
            },
            {
              title: "left edge of the Hessian's bulk",
              x: logTime,
              y: linear("z − 2Δ"),
              levels: [{ value: 0, label: "" }],
              legend: "top-left" as const,
              marks: runs.map(({ time, edge }, k) => theory(time, edge, { colour: colour(k) })),
            },
          ],
        },
      },
      table: table(runs, [
        ["schedule", ({ label }) => label],
        [`excess loss × 10³ at t = ${until}`, ({ excess }) => 1e3 * excess[excess.length - 1], 3],
        ["overlap q_1 there", ({ overlap }) => overlap[overlap.length - 1], 4],
      ]),
      notes: [
        "The paper's figure has its line at ln N/(2η₀κ); half the overlap is reached earlier, and the times of single samples differ by factors of two and more.",
      ],
    };
  },
});
