import { createSchedule } from "../../schedule";
import { convexLoss } from "../../theory/convex";
import { linear, tickText } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { measured, theory } from "../drawing/marks";
import { colourOf, rampColour } from "../drawing/palette";
import { figure } from "../kit/figure";
import type { Lab } from "../kit/lab";
import { fixed, table } from "../kit/table";

const paper = "Optimal learning rate schedules in high-dimensional non-convex optimization problems";
const TEMPERATURE = 1;
const RATE = 0.5;
/** Curvatures of the flat basins: e^(−k STEP), the flattest of them out of reach of any run. */
const STEP = 0.8;
const MODES = 52;
/** Modes as flat as this have no noise yet. */
const QUIET = 1e-10;
/** The late exponent is taken between until/LATE and until. */
const LATE = 2;
const FIRST = 100;

/** A landscape in which the loss relaxes as t^−γ without noise. */
interface Landscape {
  readonly name: string;
  readonly gamma: number;
  readonly system: "flat basin" | "p-spin" | "spherical-sk";
}

const GLASSES: readonly Landscape[] = [
  { name: "p-spin, p = 3", gamma: 2 / 3, system: "p-spin" },
  { name: "SK", gamma: 1, system: "spherical-sk" },
];

/** The best decay of the learning rate where the loss relaxes as t^−γ: β = γ/(1 + γ), for any γ. */
export const annealing = figure({
  id: "convex-annealing",
  title: "The best decay for a landscape that relaxes as a power of time",
  paper: `${paper}, section 2.3`,

  // γ of the flat basins; decay exponents, as distances from the predicted best.
  presets: {
    quick: { until: 1e4, gammas: [0.25, 0.5], away: [-0.12, -0.06, 0, 0.06, 0.12] },
    standard: {
      until: 1e6,
      gammas: [0.125, 0.25, 0.5, 0.75, 1],
      away: [-0.16, -0.12, -0.08, -0.04, 0, 0.04, 0.08, 0.12, 0.16],
    },
    paper: {
      until: 1e7,
      gammas: [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1],
      away: Array.from({ length: 17 }, (_, k) => Number((0.02 * (k - 8)).toFixed(2))),
    },
  },
  cost: { quick: 3.1, standard: 8.9, paper: 40 },
  sizesText: ({ until, gammas }) => `to t = ${tickText(until)}, ${gammas.length} flat basins, p-spin and SK`,

  async compute(lab, { until, gammas, away }) {
    const flat = gammas.map((gamma) => ({
      name: `flat basin, γ = ${gamma}`,
      gamma,
      system: "flat basin" as const,
    }));
    const times = [FIRST, until / LATE, until];
    const landscapes = await lab.parts(
      [...flat, ...GLASSES],
      async ({ name, gamma, system }, inner) => {
        const best = (await bestOf(inner, gamma)).optimalExponent;
        const betas = away.map((by) => Number((best + by).toFixed(6))).filter((beta) => beta >= 0);
        const losses = [];
        for (const beta of betas)
          losses.push(await excessOf[system](inner, { name, gamma, system }, beta, times));
        return { name, gamma, system, best, betas, losses };
      },
      { cost: ({ system }) => (system === "flat basin" ? 1 : 5), calls: away.length },
    );
    const curve = { gamma: Array.from({ length: 24 }, (_, k) => (k + 1) / 20), best: [] as number[] };
    for (const gamma of curve.gamma) curve.best.push((await bestOf(lab, gamma)).optimalExponent);
    return { until, curve, landscapes };
  },

  show({ until, curve, landscapes }) {
    const found = landscapes.map((landscape) => ({
      ...landscape,
      early: leastOf(landscape, 0),
      late: leastOf(landscape, 2),
      exponents: landscape.losses.map((losses) => Math.log(losses[1] / losses[2]) / Math.log(LATE)),
    }));
    return {
      caption:
        `The decay exponent β of η = ${RATE} (1 + t)⁻ᵝ with the lowest loss, where the loss relaxes as a power t^−γ without noise, at T = ${TEMPERATURE}. Left: best β by t = ${tickText(until)} (dots) ` +
        `and t = ${FIRST} (rings) against γ; line: γ/(1 + γ). Right: the exponent with which the loss decays near t = ${tickText(until)}, against β; dashed: min(β, γ(1 − β)), highest at the best β. ` +
        `The flat basins are convex: many coordinates whose curvatures reach down to 0, so that they relax as slowly as a rough landscape; to them γ can be given. p-spin (γ = 2/3) and SK (γ = 1) are the theories for N → ∞.`,
      panels: {
        "Best decay exponent, and the exponents reached": {
          description:
            "Best decay exponent of the learning rate against the relaxation exponent, and decay exponents of the loss",
          rowHeight: 340,
          drawings: [bestDrawing(curve, found), tentDrawing(found)],
        },
      },
      table: table(found, [
        ["landscape", ({ name }) => name],
        ["γ", ({ gamma }) => gamma, 3],
        ["γ/(1 + γ)", ({ best }) => best, 3],
        [`best β at t = ${FIRST}`, ({ early }) => early, 3],
        [`best β at t = ${tickText(until)}`, ({ late }) => late, 3],
      ]),
      notes: [
        "The distance of the best β at a time t from its limit falls as 1/ln t only: the two parts of the loss have prefactors of their own.",
        "A best β is the vertex of the parabola through the logarithm of the lowest loss and its neighbours; a dash where the lowest lies at the end of the scan.",
        `Flat basin: L = Σ w_k κ_k x_k²/2 with ${MODES} curvatures κ_k = e^(−${STEP} k), w_k ∝ κ_k, and a start x_k² ∝ κ_k^(γ−2): the mean loss is exact.`,
        `p-spin: loss above the T = 0 threshold; SK: above the ground state.`,
        largest(found),
      ],
    };
  },
});

/** The closed forms for any γ are those of the p-spin model with γ given. */
async function bestOf(lab: Lab, gamma: number) {
  const parameters = { p: 3, temperature: TEMPERATURE, relaxationExponent: gamma };
  const { optimalExponent } = await lab.predict({ system: "p-spin", parameters });
  return { optimalExponent: optimalExponent as number };
}

const scheduleOf = (exponent: number) => ({ kind: "power-law", rate: RATE, exponent, offset: 1 }) as const;

type ExcessOf = (lab: Lab, landscape: Landscape, beta: number, times: readonly number[]) => Promise<number[]>;

const excessOf: Readonly<Record<Landscape["system"], ExcessOf>> = {
  "flat basin": async (_, { gamma }, beta, times) => times.map((t) => flatLoss(gamma, beta, t)),
  "p-spin": (lab, { name }, beta, times) =>
    solved(
      lab,
      name,
      beta,
      times,
      { system: "p-spin", parameters: { p: 3 } },
      { kind: "aging", tolerance: 1e-3 },
    ),
  "spherical-sk": (lab, { name }, beta, times) =>
    solved(lab, name, beta, times, { system: "spherical-sk", parameters: {} }, { kind: "spectral" }),
};

async function solved(
  lab: Lab,
  name: string,
  beta: number,
  times: readonly number[],
  { system, parameters }: { system: string; parameters: object },
  method: object,
): Promise<number[]> {
  const solution = await lab.solve(`${name}, β = ${beta}`, {
    system,
    parameters: { ...parameters, temperature: TEMPERATURE, schedule: scheduleOf(beta) },
    method: { ...method, until: times[times.length - 1] },
    report: { times, quantities: ["excessLoss"] },
  });
  return Array.from(solution.sample(times).series.excessLoss);
}

/** Mean loss of a basin that relaxes as s^−γ in the clock s: a sum over modes, each by its closed form. */
export function flatLoss(gamma: number, exponent: number, t: number): number {
  const schedule = createSchedule(scheduleOf(exponent));
  let [noise, weights, descent] = [0, 0, 0];
  for (let k = 0; k < MODES; k++) {
    const curvature = Math.exp(-STEP * k);
    const temperature = curvature > QUIET ? TEMPERATURE : 0;
    const loss = convexLoss({ curvature, temperature, initialPosition: 1, startTime: 0, schedule }, t);
    weights += curvature;
    noise += curvature * loss.noise;
    // Of a unit start it is κ/2 e^{−2κs}: made κ^γ/2 e^{−2κs}, whose sum over ln κ goes as s^−γ.
    descent += STEP * curvature ** (gamma - 1) * loss.optimisation;
  }
  return noise / weights + descent;
}

interface Scan extends Landscape {
  readonly best: number;
  readonly betas: readonly number[];
  readonly losses: readonly (readonly number[])[];
}
interface Found extends Scan {
  readonly early: number | null;
  readonly late: number | null;
  readonly exponents: readonly number[];
}

/** The β of the lowest loss at one of the times. */
export function leastOf({ betas, losses }: Pick<Scan, "betas" | "losses">, at: number): number | null {
  const values = losses.map((one) => Math.log(one[at]));
  const k = values.indexOf(Math.min(...values));
  if (k === 0 || k === values.length - 1) return null;
  const [before, here, after] = [values[k - 1], values[k], values[k + 1]];
  const [left, right] = [betas[k] - betas[k - 1], betas[k + 1] - betas[k]];
  const [down, up] = [(here - before) / left, (after - here) / right];
  return (betas[k - 1] + betas[k]) / 2 - (down * (left + right)) / (2 * (up - down));
}

const colourIn = (landscapes: readonly Found[], k: number) =>
  landscapes[k].system === "flat basin"
    ? rampColour(k, landscapes.length - GLASSES.length)
    : colourOf(landscapes[k].system === "p-spin" ? 1 : 3);

function bestDrawing(
  curve: { readonly gamma: readonly number[]; readonly best: readonly number[] },
  landscapes: readonly Found[],
): Drawing {
  const dots = (landscape: Found, k: number, which: "early" | "late") => {
    const value = landscape[which];
    return measured(value === null ? [] : [landscape.gamma], value === null ? [] : [value], {
      colour: colourIn(landscapes, k),
      hollow: which === "early",
    });
  };
  return {
    title: "Best decay",
    x: linear("relaxation exponent γ", { ends: [0, 1.2] }),
    y: linear("best β", { holds: [0, 0.6] }),
    marks: [
      theory(curve.gamma, curve.best, { colour: "currentColor" }),
      ...landscapes.flatMap((landscape, k) => [dots(landscape, k, "early"), dots(landscape, k, "late")]),
    ],
    levels: [{ value: 0.5, label: "½" }],
  };
}

function tentDrawing(landscapes: readonly Found[]): Drawing {
  return {
    title: "Exponent of the loss",
    x: linear("decay exponent β", { holds: [0] }),
    y: linear("−d ln(excess loss) / d ln t", { holds: [0] }),
    marks: landscapes.flatMap(({ gamma, best, betas, exponents, system }, k) => {
      const colour = colourIn(landscapes, k);
      const ends = [betas[0], best, betas[betas.length - 1]];
      const label = system === "flat basin" ? `γ = ${gamma}` : system === "p-spin" ? "p = 3" : "SK";
      return [
        theory(
          ends,
          ends.map((beta) => Math.min(beta, gamma * (1 - beta))),
          { colour, dashed: true },
        ),
        theory(betas, exponents, { colour, label }),
        measured(betas, exponents, { colour }),
      ];
    }),
  };
}

function largest(found: readonly Found[]): string {
  const off = found.flatMap(({ late, best }) => (late === null ? [] : [Math.abs(late - best)]));
  return `Largest distance of a best β here from γ/(1 + γ): ${fixed(Math.max(...off), 3)}.`;
}
