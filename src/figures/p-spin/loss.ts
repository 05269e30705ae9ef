import { curveStatistic } from "../../compare";
import { linear, log, logTime } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { seed, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { probability, table } from "../kit/table";
import { betas, paper, pSpin, scheduleNote, scheduleText } from "./setting";

const FIRST_TIME = 0.1;
const EARLIEST_SHOWN = 0.2;

/** Loss curves of the 3-spin model for several decay exponents: theory to late times, finite system at early ones. */
export const loss = figure({
  id: "p-spin-loss",
  title: "Loss of the 3-spin model under power-law schedules",
  paper: `${paper}, figure 4`,

  // Theory: last time and number of steps. Finite system: spins, samples, step and last time.
  presets: {
    quick: { until: 100, points: 400, size: 64, samples: 24, step: 0.1, simulatedUntil: 12 },
    standard: { until: 1000, points: 1600, size: 100, samples: 64, step: 0.1, simulatedUntil: 20 },
    paper: { until: 1000, points: 4000, size: 150, samples: 100, step: 0.05, simulatedUntil: 20 },
  },
  cost: { quick: 2.5, standard: 22, paper: 250 },
  sizesText: ({ until, size, samples }) => `theory to t = ${until}, N = ${size}, ${samples} samples`,

  async compute(lab, { until, points, size, samples, step, simulatedUntil }) {
    const follow = async (beta: number, inner: typeof lab) => {
      const config = pSpin(3, beta, {
        method: { kind: "uniform", until, points, extrapolate: false },
        report: { times: timesBetween(FIRST_TIME, until, 80) },
      });
      const solution = await inner.solve(`β = ${beta}, theory`, config);
      const ensemble = await inner.simulate(
        `β = ${beta}, finite system`,
        pSpin(3, beta, {
          simulation: { size, samples, seed, step, until: simulatedUntil },
          report: { times: timesBetween(0.3, simulatedUntil, 12) },
        }),
      );
      const { time, series } = solution.sample(timesBetween(FIRST_TIME, until, 80));
      const expected = solution.sample(ensemble.time).series.loss;
      const { statistic, pValue } = curveStatistic(expected, ensemble.curves!.loss);
      return {
        beta,
        predictedExponent: Number((await lab.predict(config)).lossExponent),
        theory: plain({ time, loss: series.loss, excessLoss: series.excessLoss }),
        finite: plain({
          time: ensemble.time,
          loss: ensemble.series.loss,
          excessLoss: ensemble.series.excessLoss,
          standardError: ensemble.standardError.loss,
        }),
        statistic,
        pValue,
      };
    };
    const curves = await lab.parts(betas, follow, { calls: 2 });
    const threshold = Number((await lab.predict(pSpin(3, betas[0], {}))).thresholdLossZero);
    return { threshold, curves, size, samples };
  },

  show({ curves, size, samples }, { until, simulatedUntil }) {
    const listed = `β = ${betas.join(", ")}`;
    return {
      caption:
        `Spherical 3-spin model at temperature T = 1 from a random start, learning rate ${scheduleText}. Lines: ` +
        `exact equations for N → ∞. Dots: mean over ${samples} finite systems of N = ${size} spins, bars ` +
        `of one standard error. β = 0.4 falls fastest: a slower decay leaves too much noise, a faster one stops the clock.`,
      panels: {
        "Theory: loss above the T = 0 threshold": {
          description: `Loss above the threshold against time, both logarithmic, theory for ${listed}`,
          x: logTime,
          y: log("loss per spin above the T = 0 threshold"),
          marks: curves.map(({ beta, theory: { time, excessLoss } }, k) =>
            theory(time, excessLoss, { colour: colourOf(k), label: `β = ${beta}` }),
          ),
        },
        [`Theory and finite system, N = ${size}`]: {
          description: `Loss per spin against time for ${listed}; lines: theory, dots: finite system`,
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
        [`loss at t = ${until}, theory`, ({ theory }) => theory.loss[theory.loss.length - 1], 4],
        ["largest distance / SE", ({ statistic }) => statistic, 2],
        ["p", ({ pValue }) => probability(pValue)],
      ]),
      notes: [
        `The dots are the finite system as it is, not extrapolated: besides the error that the bars show they have a ` +
          `bias of order 1/N = ${(1 / size).toPrecision(2)}. Every β has the same couplings and starts, so that dots ` +
          `go up and down together, along a curve and from panel to panel. The table gives the largest distance of the ` +
          `dots from the theory and the probability p of so large a one; the agreement figure also takes out the bias.`,
        scheduleNote,
      ],
    };
  },
});
