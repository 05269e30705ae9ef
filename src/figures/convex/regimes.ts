import { log, logTime } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { rampColour } from "../drawing/palette";
import { seedFor, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { table } from "../kit/table";

const paper = "Optimal learning rate schedules in high-dimensional non-convex optimization problems";
const BASIN = { curvature: 1, temperature: 1, initialPosition: 3, startTime: 1 };
const FIRST = 1.05;

const convex = (rate: number, exponent: number, rest: object) => ({
  system: "convex",
  parameters: { ...BASIN, schedule: { kind: "power-law", rate, exponent, offset: 0 } },
  ...rest,
});

/** The loss in a convex basin: η0/t is best, if only η0 is large enough. */
export const regimes = figure({
  id: "convex-regimes",
  title: "Convex basin: how fast the rate may fall",
  paper: `${paper}, section 1`,

  presets: {
    quick: { until: 1e4, samples: 2000, simulatedUntil: 100 },
    standard: { until: 1e6, samples: 20_000, simulatedUntil: 300 },
    paper: { until: 1e6, samples: 200_000, simulatedUntil: 1000 },
  },
  cost: { quick: 5, standard: 54, paper: 1080 },
  sizesText: ({ until, samples }) => `exact to t = ${until}, ${samples} runs`,

  async compute(lab, { until, samples, simulatedUntil }) {
    const cases = [
      [1, 0.3],
      [1, 0.6],
      [1, 0.8],
      [1, 1],
      [0.5, 1],
      [0.2, 1],
    ] as const;
    const runs = await lab.parts(
      cases,
      async ([rate, exponent], inner) => {
        const label = `β = ${exponent}, 2η₀κ = ${2 * rate}`;
        const times = timesBetween(FIRST, until, 60);
        const config = convex(rate, exponent, { report: { times } });
        const solution = await inner.solve(`${label}, exact`, config);
        const { lateExponent } = await inner.predict(config);
        const finite = await inner.simulate(
          `${label}, descent`,
          convex(rate, exponent, {
            simulation: { step: 0.02, samples, seed: seedFor("convex"), until: simulatedUntil },
            report: { times: timesBetween(1.1, simulatedUntil, 10) },
          }),
        );
        const { time, series } = solution.sample(times);
        return {
          label,
          rate,
          exponent,
          late: lateExponent as number,
          ...plain({ time, loss: series.loss, noise: series.noiseLoss }),
          finite: plain({
            time: finite.time,
            loss: finite.series.loss,
            standardError: finite.standardError.loss,
          }),
        };
      },
      { calls: 2 },
    );
    return { runs };
  },

  show({ runs }, { samples }) {
    const slope = (loss: readonly number[], time: readonly number[]) => {
      const last = loss.length - 1;
      return -Math.log(loss[last] / loss[last - 5]) / Math.log(time[last] / time[last - 5]);
    };
    return {
      caption:
        "Mean loss in a basin of curvature κ = 1 at T = 1 from x = 3 at t = 1 under η = η₀ t^−β. Lines: exact; dots: discrete descent in steps of " +
        `0.02, mean over ${samples} runs. The loss falls as t^−β, and at β = 1 as t^−1 for 2η₀κ > 1, as ln t/t at equality, and as t^−2η₀κ below.`,
      panels: {
        "Mean loss": {
          description: "Mean loss in a convex basin against time for six schedules",
          drawings: [
            {
              x: logTime,
              y: log("mean loss ⟨ℓ⟩"),
              legend: "bottom-left" as const,
              marks: runs.flatMap(({ label, time, loss, finite }, k) => [
                theory(time, loss, { colour: rampColour(k, runs.length), label }),
                measured(finite.time, finite.loss, {
                  standardError: finite.standardError,
                  colour: rampColour(k, runs.length),
                }),
              ]),
            },
          ],
        },
      },
      table: table(runs, [
        ["β", ({ exponent }) => exponent],
        ["2η₀κ", ({ rate }) => 2 * rate],
        ["exponent at the end", ({ loss, time }) => slope(loss, time), 3],
        ["limit", ({ late }) => late, 2],
      ]),
      notes: ["The noise is twice what the paper's equation (2) prints."],
    };
  },
});
