import { extrapolatedCurveStatistic, extrapolateSize, type SizedCurves } from "../../compare";
import { linear, log, logTime, tickText } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { seed, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { probability, table } from "../kit/table";
import { betas, paper, pSpin, scheduleNote, scheduleText } from "./setting";

const FIRST_TIME = 0.1;
const EARLIEST_SHOWN = 0.2;
const SHOWN_TIMES = 80;
const FIRST_SIMULATED = 0.3;
const SIMULATED_TIMES = 12;

/** Loss curves of the 3-spin model for several decay exponents: theory to late times, finite system at early ones. */
export const loss = figure({
  id: "p-spin-loss",
  title: "Loss of the 3-spin model under power-law schedules",
  paper: `${paper}, figure 4`,

  // Theory: last time and tolerance. Finite system: spins, samples of each size, step and last time.
  presets: {
    quick: {
      until: 1000,
      tolerance: 1e-3,
      sizes: [24, 48],
      samples: [192, 72],
      step: 0.1,
      simulatedUntil: 12,
    },
    standard: {
      until: 1e5,
      tolerance: 1e-4,
      sizes: [50, 100],
      samples: [256, 96],
      step: 0.1,
      simulatedUntil: 20,
    },
    paper: {
      until: 1e7,
      tolerance: 1e-5,
      sizes: [75, 150],
      samples: [400, 150],
      step: 0.05,
      simulatedUntil: 20,
    },
  },
  cost: { quick: 8, standard: 31, paper: 420 },
  sizesText: ({ until, sizes, samples }) =>
    `theory to t = ${tickText(until)}, N = ${sizes.join(", ")} with ${samples.join(", ")} samples`,

  async compute(lab, { until, tolerance, sizes, samples, step, simulatedUntil }) {
    const follow = async (beta: number, inner: typeof lab) => {
      const config = pSpin(3, beta, {
        method: { kind: "aging", until, tolerance },
        report: { times: timesBetween(FIRST_TIME, until, SHOWN_TIMES) },
      });
      const { sample } = await inner.solve(`β = ${beta}, theory`, config);
      const times = timesBetween(FIRST_SIMULATED, simulatedUntil, SIMULATED_TIMES);
      const groups: SizedCurves[] = [];
      for (const [k, size] of sizes.entries()) {
        const { curves } = await inner.simulate(
          `β = ${beta}, finite system of N = ${size}`,
          pSpin(3, beta, {
            simulation: { size, samples: samples[k], seed: `${seed} N=${size}`, step, until: simulatedUntil },
            report: { times },
          }),
        );
        groups.push({ size, curves: curves!.loss });
      }
      const { mean, standardError } = extrapolateSize(groups);
      const { time, series } = sample(timesBetween(FIRST_TIME, until, SHOWN_TIMES));
      const { statistic, pValue } = extrapolatedCurveStatistic(sample(times).series.loss, groups);
      return {
        beta,
        predictedExponent: Number((await lab.predict(config)).lossExponent),
        theory: plain({ time, loss: series.loss, excessLoss: series.excessLoss }),
        finite: plain({ time: times, loss: mean, standardError }),
        statistic,
        pValue,
      };
    };
    const curves = await lab.parts(betas, follow, { calls: 1 + sizes.length });
    const threshold = Number((await lab.predict(pSpin(3, betas[0], {}))).thresholdLossZero);
    return { threshold, curves };
  },

  show({ curves }, { until, sizes, samples, simulatedUntil }) {
    const listed = `β = ${betas.join(", ")}`;
    const spins = `N = ${sizes.join(" and ")}`;
    return {
      caption:
        `Spherical 3-spin model at temperature T = 1 from a random start, learning rate ${scheduleText}. Lines: ` +
        `exact equations for N → ∞. Dots: finite systems of ${spins} spins (${samples.join(" and ")} samples), extrapolated to N → ∞ ` +
        `in 1/N, bars of one standard error. β = 0.4 falls fastest: a slower decay leaves too much noise, a faster one stops the clock.`,
      panels: {
        "Theory: loss above the T = 0 threshold": {
          description: `Loss above the threshold against time, both logarithmic, theory for ${listed}`,
          x: logTime,
          y: log("loss per spin above the T = 0 threshold"),
          marks: curves.map(({ beta, theory: { time, excessLoss } }, k) =>
            theory(time, excessLoss, { colour: colourOf(k), label: `β = ${beta}` }),
          ),
        },
        "Theory and finite system, extrapolated to N → ∞": {
          description: `Loss per spin against time for ${listed}; lines: theory, dots: finite systems extrapolated in 1/N`,
          drawings: curves.map(({ beta, theory: { time, loss }, finite }, k) => ({
            title: `β = ${beta}`,
            x: log("time t", { ends: [EARLIEST_SHOWN, simulatedUntil], padding: 0.04 }),
            y: linear("loss per spin"),
            marks: [
              theory(time, loss, { colour: colourOf(k) }),
              measured(finite.time, finite.loss, { ...finite, colour: colourOf(k) }),
            ],
          })),
        },
      },
      table: table(curves, [
        ["β", ({ beta }) => beta],
        ["late exponent, predicted", ({ predictedExponent }) => predictedExponent, 3],
        [`loss at t = ${tickText(until)}, theory`, ({ theory }) => theory.loss[theory.loss.length - 1], 4],
        ["largest distance / SE", ({ statistic }) => statistic, 2],
        ["p", ({ pValue }) => probability(pValue)],
      ]),
      notes: [
        `At a given N the loss has a bias of order 1/N; a straight line in 1/N through both sizes takes it out, and doubles the bars or more. Every β has the ` +
          `same couplings and starts, so that dots go up and down together, along a curve and from panel to panel. The table gives the ` +
          `largest distance of the dots from the theory and the probability p of so large a one.`,
        scheduleNote,
      ],
    };
  },
});
