import { linear, logTime } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { table } from "../kit/table";
import { betas, paper, pSpin, scheduleNote, scheduleText } from "./setting";

const SPINS = [3, 4, 6] as const;
const FIRST_TIME = 1;
const EXPONENT = "local exponent −d ln(excess loss) / d ln t";

/** Local decay exponents of the loss above the threshold, against time and against the schedule's exponent. */
export const exponents = figure({
  id: "p-spin-exponents",
  title: "Decay exponents of the loss",
  paper: `${paper}, figure 4`,

  // Last time and steps of the curves; decay exponents of the second panel, for every p, and the steps there.
  presets: {
    quick: { until: 100, points: 400, scanned: [0.2, 0.3, 0.4, 0.5, 0.6, 0.8], scanPoints: 240 },
    standard: {
      until: 300,
      points: 1200,
      scanned: [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
      scanPoints: 1200,
    },
    paper: { until: 1000, points: 4000, scanned: [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], scanPoints: 3000 },
  },
  cost: { quick: 1.7, standard: 21, paper: 390 },
  sizesText: ({ until, scanned }) => `theory to t = ${until} for ${scanned.length} values of β`,

  async compute(lab, { until, points, scanned, scanPoints }) {
    const curveOf = (p: number, steps: number, times: readonly number[]) => (beta: number) => ({
      p,
      beta,
      steps,
      times,
    });
    const wanted = [
      ...betas.map(curveOf(3, points, timesBetween(FIRST_TIME, until, 60))),
      ...SPINS.flatMap((p) => scanned.map(curveOf(p, scanPoints, [until / 10, until]))),
    ];
    const found = await lab.parts(wanted, async ({ p, beta, steps, times }, inner) => {
      const config = pSpin(p, beta, {
        method: { kind: "uniform", until, points: steps, extrapolate: false },
        report: { times, quantities: ["lossExponent"] },
      });
      const { series } = (await inner.solve(`p = ${p}, β = ${beta}`, config)).sample(times);
      const predicted = Number((await inner.predict(config)).lossExponent);
      return { p, beta, predicted, time: [...times], exponent: Array.from(series.lossExponent) };
    });
    const tent = { beta: Array.from({ length: 41 }, (_, k) => k / 40), exponent: [] as number[] };
    for (const beta of tent.beta)
      tent.exponent.push(Number((await lab.predict(pSpin(3, beta, {}))).lossExponent));
    const optimalExponent = Number((await lab.predict(pSpin(3, betas[0], {}))).optimalExponent);
    return {
      curves: found.slice(0, betas.length),
      scan: found.slice(betas.length),
      tent,
      optimalExponent,
      until,
    };
  },

  show({ curves, scan, tent, optimalExponent, until }) {
    const families = SPINS.map((p) => scan.filter((curve) => curve.p === p));
    return {
      caption:
        `Local exponent −d ln(excess loss)/d ln t of the loss above the T = 0 threshold, theory for N → ∞ at T = 1, ` +
        `${scheduleText}. Dashed: the late-time prediction min(β, γ(1 − β)) with γ = 2/3. Above: p = 3 against time. ` +
        `Below: at t = ${until} (dots) and t = ${until / 10} (rings) against β, for p = 3, 4, 6; the prediction does not depend on p.`,
      panels: {
        "Local exponent against time, p = 3": {
          description:
            "Local exponent of the loss against time for β = 0.2, 0.4, 0.6, 0.8, with the predictions dashed",
          x: logTime,
          y: linear(EXPONENT),
          marks: curves.flatMap(({ beta, predicted, time, exponent }, k) => [
            theory([FIRST_TIME, until], [predicted, predicted], { colour: colourOf(k), dashed: true }),
            theory(time, exponent, { colour: colourOf(k), label: `β = ${beta}` }),
          ]),
        },
        [`Exponent reached by t = ${until} against the schedule`]: {
          description: `Exponent of the loss at t = ${until} and t = ${until / 10} against β for p = 3, 4, 6, with the predicted tent`,
          x: linear("decay exponent β of the schedule", { ends: [0, 1] }),
          y: linear(EXPONENT, { holds: [0] }),
          marks: [
            theory(tent.beta, tent.exponent, { colour: "currentColor", dashed: true }),
            ...families.flatMap((family, k) => {
              const [colour, x] = [colourOf(k), family.map(({ beta }) => beta)];
              const [early, late] = [0, 1].map((at) => family.map(({ exponent }) => exponent[at]));
              return [
                theory(x, late, { colour, label: `p = ${SPINS[k]}` }),
                measured(x, early, { colour, hollow: true }),
                measured(x, late, { colour }),
              ];
            }),
          ],
          moments: [
            { value: optimalExponent, label: `predicted best β = ${optimalExponent.toPrecision(2)}` },
          ],
        },
      },
      table: table(scan, [
        ["p", ({ p }) => p],
        ["β", ({ beta }) => beta],
        [`exponent at t = ${until / 10}`, ({ exponent }) => exponent[0], 3],
        [`exponent at t = ${until}`, ({ exponent }) => exponent[1], 3],
        ["late-time prediction", ({ predicted }) => predicted, 3],
      ]),
      notes: [
        `At these times the local exponents have not converged to the predictions. The correction terms die slowly: at ` +
          `β = 0.4 and p = 3 the exponent is still 0.42 to 0.44 from t = 25 to t = 1000, and reaches 0.400 only near t = 10⁷; ` +
          `away from β = 0.4 the distance is larger. Curves that cross a dashed line or lie above it are no contradiction.`,
        "The table and the dots are computed with fewer steps than the curves; in the quick preset that costs up to 0.01.",
        scheduleNote,
      ],
    };
  },
});
