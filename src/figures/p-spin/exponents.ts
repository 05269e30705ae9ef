import { solveConfig } from "../../systems/calls";
import { linearAxis, logAxis } from "../drawing/axis";
import { draw } from "../drawing/drawing";
import { colourOf } from "../drawing/palette";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../kit/figure";
import { type ConfigSource, citationsOf, predictConfig, timesBetween } from "../kit/recipe";
import { betas, paper, pSpinParameters, scheduleNote, scheduleText } from "./setting";

/** Sizes of the computation behind the figure. */
export interface ExponentSizes {
  readonly until: number;
  readonly points: number;
  /** Decay exponents of the second panel, for every p. */
  readonly scanned: readonly number[];
  readonly scanPoints: number;
}

const SIZES: Record<Preset, ExponentSizes> = {
  quick: { until: 100, points: 400, scanned: [0.2, 0.3, 0.4, 0.5, 0.6, 0.8], scanPoints: 240 },
  paper: {
    until: 1000,
    points: 4000,
    scanned: [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    scanPoints: 3000,
  },
};

const SPINS = [3, 4, 6] as const;
const FIRST_TIME = 1;

/** Local decay exponents of the loss above the threshold, against time and against the schedule's exponent. */
export const pSpinExponents: Figure = {
  id: "p-spin-exponents",
  title: "Decay exponents of the loss",
  paper: `${paper}, figure 4`,
  run: (preset, tools) => exponentFigure(SIZES[preset], tools),
};

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function exponentFigure(sizes: ExponentSizes, tools: FigureTools): Promise<FigureResult> {
  const { until, points, scanned, scanPoints } = sizes;
  const recipes: Recipe[] = [];
  async function exponents(p: number, beta: number, steps: number, times: readonly number[]) {
    const config: ConfigSource = {
      system: "p-spin",
      parameters: pSpinParameters(p, beta),
      method: { kind: "uniform", until, points: steps },
      report: { times, quantities: ["lossExponent"] },
    };
    recipes.push({ label: `p = ${p}, β = ${beta}`, verb: "solve", config });
    const { series } = (await solveConfig(config, tools.options)).sample(times);
    const predicted = Number(await predictConfig(config, "lossExponent"));
    return { p, beta, predicted, time: [...times], exponent: Array.from(series.lossExponent) };
  }

  const curves = [];
  for (const beta of betas)
    curves.push(await exponents(3, beta, points, timesBetween(FIRST_TIME, until, 60)));
  const scan = [];
  for (const p of SPINS)
    for (const beta of scanned) scan.push(await exponents(p, beta, scanPoints, [until / 10, until]));
  const optimal = Number(await predictConfig(recipes[0].config, "optimalExponent"));
  const tent = await tentOf();

  return {
    id: pSpinExponents.id,
    title: pSpinExponents.title,
    paper: pSpinExponents.paper,
    caption:
      `Local exponent −d ln(excess loss)/d ln t of the loss above the T = 0 threshold, theory for N → ∞ at T = 1, ` +
      `${scheduleText}. Dashed: the late-time prediction min(β, γ(1 − β)) with γ = 2/3. Above: p = 3 against time. ` +
      `Below: at t = ${until} (dots) and t = ${until / 10} (rings) against β, for p = 3, 4, 6; the prediction does not depend on p.`,
    panels: [
      { name: "Local exponent against time, p = 3", svg: drawCurves(curves, until, tools.document) },
      {
        name: `Exponent reached by t = ${until} against the schedule`,
        svg: drawScan(scan, tent, optimal, until, tools.document),
      },
    ],
    table: {
      columns: [
        "p",
        "β",
        `exponent at t = ${until / 10}`,
        `exponent at t = ${until}`,
        "late-time prediction",
      ],
      rows: scan.map(({ p, beta, exponent, predicted }) => [
        p,
        beta,
        ...exponent.map((value) => Number(value.toFixed(3))),
        Number(predicted.toFixed(3)),
      ]),
    },
    notes: [
      `At these times the local exponents have not converged to the predictions. The correction terms die slowly: at ` +
        `β = 0.4 and p = 3 the exponent is still 0.42 to 0.44 from t = 25 to t = 1000, and reaches 0.400 only near t = 10⁷; ` +
        `away from β = 0.4 the distance is larger. Curves that cross a dashed line or lie above it are no contradiction.`,
      "The table and the dots are computed with fewer steps than the curves; in the quick preset that costs up to 0.01.",
      scheduleNote,
      PAPER_COST,
    ],
    data: { curves, scan, tent, optimalExponent: optimal, until },
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

const PAPER_COST = `Paper preset: theory to t = ${SIZES.paper.until} for ${SIZES.paper.scanned.length} values of β; about half an hour on one core, estimated from single runs.`;

interface ExponentCurve {
  readonly p: number;
  readonly beta: number;
  readonly predicted: number;
  readonly time: number[];
  readonly exponent: number[];
}

/** The prediction against β. */
async function tentOf(): Promise<{ beta: number[]; exponent: number[] }> {
  const beta = Array.from({ length: 41 }, (_, k) => k / 40);
  const exponent: number[] = [];
  for (const value of beta) {
    const config = { system: "p-spin", parameters: pSpinParameters(3, value) };
    exponent.push(Number(await predictConfig(config, "lossExponent")));
  }
  return { beta, exponent };
}

function drawCurves(curves: readonly ExponentCurve[], until: number, document: Document): string {
  const values = curves.flatMap(({ exponent, predicted }) => [...exponent, predicted]);
  return draw(
    {
      description:
        "Local exponent of the loss against time for β = 0.2, 0.4, 0.6, 0.8, with the predictions dashed",
      x: logAxis("time t", [FIRST_TIME, until], 0),
      y: linearAxis("local exponent −d ln(excess loss) / d ln t", values),
      lines: curves.flatMap(({ beta, predicted, time, exponent }, k) => [
        { x: [FIRST_TIME, until], y: [predicted, predicted], colour: colourOf(k), dashed: true },
        { x: time, y: exponent, colour: colourOf(k), label: `β = ${beta}` },
      ]),
    },
    document,
  );
}

function drawScan(
  scan: readonly ExponentCurve[],
  tent: { readonly beta: number[]; readonly exponent: number[] },
  optimal: number,
  until: number,
  document: Document,
): string {
  const families = SPINS.map((p) => scan.filter((curve) => curve.p === p));
  const at = (family: readonly ExponentCurve[], k: number) => family.map(({ exponent }) => exponent[k]);
  const betasOf = (family: readonly ExponentCurve[]) => family.map(({ beta }) => beta);
  return draw(
    {
      description: `Exponent of the loss at t = ${until} and t = ${until / 10} against β for p = 3, 4, 6, with the predicted tent`,
      x: linearAxis("decay exponent β of the schedule", [0, 1], 0),
      y: linearAxis("local exponent −d ln(excess loss) / d ln t", [
        0,
        ...scan.flatMap(({ exponent }) => exponent),
        ...tent.exponent,
      ]),
      lines: [
        { x: tent.beta, y: tent.exponent, colour: "currentColor", dashed: true },
        ...families.map((family, k) => ({
          x: betasOf(family),
          y: at(family, 1),
          colour: colourOf(k),
          label: `p = ${SPINS[k]}`,
        })),
      ],
      dots: families.flatMap((family, k) => [
        { x: betasOf(family), y: at(family, 0), colour: colourOf(k), hollow: true },
        { x: betasOf(family), y: at(family, 1), colour: colourOf(k) },
      ]),
      moments: [{ value: optimal, label: `predicted best β = ${optimal.toPrecision(2)}` }],
    },
    document,
  );
}
