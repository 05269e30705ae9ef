import { linear, log, logTime, tickText } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf, rampColour } from "../drawing/palette";
import { seedFor, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { fixed, table } from "../kit/table";
import { decaying, paper, sphericalSk } from "./setting";

const RATE = 0.1;
/** Ratio of the two times between which an exponent is taken. */
const NEAR = 1.002;

/** Which decay is best without a signal, and when the predicted exponents are seen. */
export const exponents = figure({
  id: "spherical-sk-exponents",
  title: "Spherical SK: exponents of the loss, and when they become visible",
  paper: `${paper}, figure 2`,

  presets: {
    quick: { until: 1e6, scan: 19, readings: [1e2, 1e4, 1e6], size: 1000, samples: 8, simulatedUntil: 1000 },
    standard: {
      until: 1e8,
      scan: 37,
      readings: [1e2, 1e4, 1e6, 1e8],
      size: 3000,
      samples: 20,
      simulatedUntil: 1e4,
    },
    paper: {
      until: 1e12,
      scan: 37,
      readings: [1e2, 1e4, 1e6, 1e12],
      size: 3000,
      samples: 100,
      simulatedUntil: 1e5,
    },
  },
  cost: { quick: 6, standard: 23, paper: 600 },
  sizesText: ({ until, size, samples }) => `theory to t = ${until}, N = ${size}, ${samples} samples`,

  async compute(lab, { until, scan, readings, size, samples, simulatedUntil }) {
    const curves = await lab.parts(
      [0.2, 0.4, 0.5, 0.6, 0.8],
      async (exponent, inner) => {
        const parameters = { temperature: 1, schedule: decaying(RATE, exponent) };
        const times = timesBetween(1, until, 60);
        const solution = await inner.solve(
          `β = ${exponent}, theory`,
          sphericalSk(parameters, { method: { until }, report: { times, quantities: ["excessLoss"] } }),
        );
        const finite = await inner.simulate(
          `β = ${exponent}, finite system`,
          sphericalSk(parameters, {
            simulation: { size, samples, seed: seedFor("sk exponents"), until: simulatedUntil },
            report: { times: timesBetween(1, simulatedUntil, 13), quantities: ["excessLoss"] },
          }),
        );
        const { time, series } = solution.sample(times);
        return {
          exponent,
          ...plain({ time, excess: series.excessLoss }),
          finite: plain({
            time: finite.time,
            excess: finite.series.excessLoss,
            standardError: finite.standardError.excessLoss,
          }),
        };
      },
      { calls: 2 },
    );
    const betas = Array.from({ length: scan }, (_, k) => Number((0.05 + (0.9 * k) / (scan - 1)).toFixed(4)));
    const local = await lab.parts(betas, async (exponent, inner) => {
      const config = sphericalSk(
        { temperature: 1, schedule: decaying(RATE, exponent) },
        { method: { until: NEAR * readings[readings.length - 1] }, report: { quantities: ["excessLoss"] } },
      );
      const solution = await inner.solve(`β = ${exponent}, exponents`, config);
      const predicted = await inner.predict(config);
      const slopes = readings.map((t) => {
        const { excessLoss } = solution.sample([t / NEAR, t * NEAR]).series;
        return -Math.log(excessLoss[1] / excessLoss[0]) / (2 * Math.log(NEAR));
      });
      const visible = predicted.visibleTime;
      return {
        exponent,
        slopes,
        late: predicted.lateExponent as number,
        visible: typeof visible === "number" ? visible : null,
      };
    });
    return { curves, local };
  },

  show({ curves, local }, { readings, size, samples }) {
    const best = readings.map((_, r) =>
      local.reduce((sofar, one) => (one.slopes[r] > sofar.slopes[r] ? one : sofar)),
    );
    return {
      caption:
        `Spherical SK at T = 1 and η = ${RATE} (1 + t)^−β from a random start. Above: loss above the ground state; lines are the ` +
        `infinite system, dots N = ${size}, mean over ${samples} samples, each above its own ground state, bars of one standard error; late dots fall below their line, ` +
        `since the edge of a finite spectrum has a gap. ` +
        "Below: the local exponent −d ln(ℓ − ℓ_0)/d ln t of the infinite system by β at several times, against its limit " +
        "min(β, 1 − β) (dashed). The limit is seen only well after the time t* of the table: for β a little below 1/2 " +
        "much later than any run.",
      panels: {
        "Loss above the ground state": {
          description: "Excess loss against time for five exponents of the decay",
          drawings: [
            {
              x: logTime,
              y: log("ℓ − ℓ_0"),
              marks: curves.flatMap(({ exponent, time, excess, finite }, k) => [
                theory(time, excess, { colour: rampColour(k, curves.length), label: `β = ${exponent}` }),
                measured(finite.time, finite.excess, {
                  standardError: finite.standardError,
                  colour: rampColour(k, curves.length),
                }),
              ]),
            },
          ],
        },
        "Local exponent": {
          description: "Local exponent against β at several times, and its limit",
          drawings: [
            {
              x: linear("exponent of the decay β"),
              y: linear("−d ln(ℓ − ℓ_0)/d ln t"),
              legend: "top-right" as const,
              marks: [
                theory(
                  local.map(({ exponent }) => exponent),
                  local.map(({ late }) => late),
                  { colour: "#888", dashed: true, label: "t → ∞" },
                ),
                ...readings.map((t, r) =>
                  theory(
                    local.map(({ exponent }) => exponent),
                    local.map(({ slopes }) => slopes[r]),
                    { colour: colourOf(r), label: `t = ${tickText(t)}` },
                  ),
                ),
              ],
            },
          ],
        },
      },
      table: table(
        local.filter((_, k) => k % 2 === 1),
        [
          ["β", ({ exponent }) => exponent],
          ["t*", ({ visible }) => (visible === null ? null : Number(visible.toPrecision(2)))],
          ...readings.map(
            (t, r) =>
              [
                `exponent at t = ${tickText(t)}`,
                ({ slopes }: (typeof local)[number]) => slopes[r],
                3,
              ] as const,
          ),
          ["limit", ({ late }) => late, 3],
        ],
      ),
      notes: [
        `Largest local exponent: ${readings.map((t, r) => `${fixed(best[r].slopes[r], 2)} at β = ${best[r].exponent} for t = ${tickText(t)}`).join("; ")}.`,
        "Beyond a clock of about N^⅔ the finite system falls below the infinite one: its spectrum is discrete.",
      ],
    };
  },
});
