import { lagrangeWeights, stencilStart } from "../../numerics/lagrange";
import { linear, log, logTime, tickText } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { rampColour } from "../drawing/palette";
import { seedFor, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { fixed, table } from "../kit/table";
import { decaying, paper, sphericalSk } from "./setting";

const POINTS = 21;
/** Points of a drawn density for each of its own. */
const FINER = 6;

/** The spectrum of the Hessian on the way down: its left edge comes to 0 only as t → ∞. */
export const hessian = figure({
  id: "spherical-sk-hessian",
  title: "Spherical SK: never a convex region",
  paper: `${paper}, figure 3`,

  presets: {
    quick: { rate: 0.1, exponent: 0.8, until: 1e4, size: 1000, samples: 8 },
    standard: { rate: 0.1, exponent: 0.8, until: 1e6, size: 3000, samples: 20 },
    paper: { rate: 0.1, exponent: 0.8, until: 1e6, size: 3000, samples: 200 },
  },
  cost: { quick: 3, standard: 2, paper: 35 },
  sizesText: ({ until, size, samples }) => `theory to t = ${until}, N = ${size}, ${samples} samples`,

  async compute(lab, { rate, exponent, until, size, samples }) {
    const parameters = { temperature: 1, schedule: decaying(rate, exponent) };
    const times = timesBetween(1, until, 40);
    const solution = await lab.solve(
      "theory",
      sphericalSk(parameters, { method: { until }, report: { times } }),
    );
    const finite = await lab.simulate(
      "finite system",
      sphericalSk(parameters, {
        simulation: { size, samples, seed: seedFor("sk hessian"), until },
        report: { times: timesBetween(1, until, 12), quantities: ["hessianLeftEdge"] },
      }),
    );
    const shown = timesBetween(1, until, 5);
    const { series } = solution.sample(shown);
    const vector = (name: string, k: number) =>
      Array.from({ length: POINTS }, (_, i) => series[`${name}[${i}]`][k]);
    const { time, series: edges } = solution.sample(times);
    return {
      densities: shown.map((t, k) => ({
        t,
        edge: series.hessianLeftEdge[k],
        eigenvalue: vector("hessianEigenvalue", k),
        density: vector("hessianDensity", k),
      })),
      ...plain({ time, edge: edges.hessianLeftEdge.map((edge) => -edge) }),
      finite: plain({
        time: finite.time,
        edge: finite.series.hessianLeftEdge.map((edge) => -edge),
        standardError: finite.standardError.hessianLeftEdge,
      }),
    };
  },

  show({ densities, time, edge, finite }, { rate, exponent, size, samples }) {
    const last = densities[densities.length - 1];
    return {
      caption:
        `Spherical SK at T = 1, η = ${rate} (1 + t)^−${exponent}. Above: density of the eigenvalues of ∇²L + z at several times: a ` +
        `semicircle that moves to the right. Below: how far its left edge z − 2 is below 0; dots N = ${size}, mean over ${samples} ` +
        "samples. It comes to 0 only as t → ∞: there are directions of descent at every finite time.",
      panels: {
        "Density of the Hessian": {
          description: "Density of the eigenvalues of the Hessian at five times",
          drawings: [
            {
              x: linear("eigenvalue λ of ∇²L + z"),
              y: linear("density ρ(λ)"),
              legend: "top-left" as const,
              marks: densities.map(({ t, eigenvalue, density }, k) =>
                // Both are smooth along the points, which lie closer towards the edges.
                theory(refined(eigenvalue), refined(density), {
                  colour: rampColour(k, densities.length),
                  label: `t = ${tickText(Number(t.toPrecision(2)))}`,
                }),
              ),
            },
          ],
        },
        "Left edge": {
          description: "Distance of the left edge of the Hessian below zero against time",
          drawings: [
            {
              x: logTime,
              y: log("2 − z"),
              marks: [
                theory(time, edge, { colour: rampColour(1, 3) }),
                measured(finite.time, finite.edge, {
                  standardError: finite.standardError,
                  colour: rampColour(1, 3),
                }),
              ],
            },
          ],
        },
      },
      table: table(densities, [
        ["t", ({ t }) => t],
        ["left edge z − 2", ({ edge: value }) => value, 4],
        ["share of negative eigenvalues", ({ edge: value }) => negativeShare(value), 4],
      ]),
      notes: [`At t = ${last.t} the edge is still at ${fixed(last.edge, 4)}.`],
    };
  },
});

/** A curve with points between its own, by the cubic through the four around each. */
function refined(values: readonly number[]): number[] {
  const places = values.map((_, k) => k);
  const weights = new Float64Array(4);
  return Array.from({ length: FINER * (values.length - 1) + 1 }, (_, at) => {
    const x = at / FINER;
    const start = stencilStart(places, x, 4);
    lagrangeWeights(places, start, 4, x, weights);
    return weights.reduce((sum, weight, i) => sum + weight * values[start + i], 0);
  });
}

/** Weight of the semicircle of edges ±2 below −2 − edge. */
function negativeShare(edge: number): number {
  const x = Math.max(-1, Math.min(1, 1 + edge / 2));
  return Math.acos(x) / Math.PI - (x * Math.sqrt(1 - x * x)) / Math.PI;
}
