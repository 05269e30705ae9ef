import { numberList } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Estimate, TwoTimeSolution } from "../../core/results";
import type { SphericalSk } from "../../models/spherical-sk/problem";
import { gaussLegendre } from "../../numerics/gauss-legendre";
import { lagrangeWeights } from "../../numerics/lagrange";
import type { LinearGrid, LinearValues } from "./linear-grid";
import type { LinearKernel } from "./linear-kernel";
import { heatOf } from "./observe";
import { createReadout } from "./quantities";
import { remarks } from "./remarks";
import { createSampler } from "./sampler";

/** The values at the nodes, extrapolated from three grids and from two. */
export interface LinearResult {
  readonly grid: LinearGrid;
  readonly kernel: LinearKernel;
  readonly best: LinearValues;
  readonly second: LinearValues;
}

const STENCIL = 8;
const ROUNDING = 1e-12;

/** The solution between the nodes by the polynomial through the eight nearest on the same side of the kink. */
export function linearSolution(problem: SphericalSk, result: LinearResult, until: number): TwoTimeSolution {
  const { grid, kernel, best, second } = result;
  const { schedule } = problem;
  const weights = new Float64Array(STENCIL);
  const nodes = Float64Array.from({ length: grid.count }, (_, i) => i);

  function interpolated(values: Float64Array, clock: number, stencil = STENCIL): number {
    const x = clock / grid.step;
    const [low, high] = x <= grid.kink && grid.kink > 0 ? [0, grid.kink] : [grid.kink, grid.count - 1];
    const start = Math.max(low, Math.min(high - stencil + 1, Math.floor(x) - stencil / 2 + 1));
    lagrangeWeights(nodes, start, stencil, x, weights);
    let sum = 0;
    for (let k = 0; k < stencil; k++) sum += weights[k] * values[start + k];
    return sum;
  }

  const read = ({ g, below }: LinearValues, stencil: number) => {
    const logG = g.map(Math.log);
    const ratio = below.map((value, i) => value / g[i]);
    return (t: number) => {
      const clock = schedule.clock(t);
      return {
        heat: heatOf(problem, t),
        below: interpolated(ratio, clock, stencil),
        logGamma: 2 * kernel.reference * clock + interpolated(logG, clock, stencil),
        overlap: 0,
        topOverlap: 0,
      };
    };
  };
  const sampleInside = createSampler(
    createReadout(problem),
    [{ square: 1, weight: 1, coarse: 1, fine: read(best, STENCIL), rough: read(second, STENCIL - 2) }],
    () => ROUNDING,
  );
  const inside = (name: string, t: number) => {
    if (t >= 0 && t <= until * (1 + 1e-12)) return t;
    throw new InvalidParameterError(name, t, `times from 0 to ${until}, where the run ends`);
  };
  const sample = (times: ArrayLike<number>) => {
    numberList("times", times);
    for (let k = 0; k < times.length; k++) inside("times", times[k]);
    return sampleInside(times);
  };

  /** C = [G(s + s′) + 2∫₀^{s′} T_eff Γ G(s + s′ − 2u) du]/√(ΓΓ′), R = G(s − s′) √(Γ′/Γ), G(2x) = e^{2rx} K(x) (S17). */
  function twoTime(values: LinearValues, quantity: string, s: number, sPrime: number): number {
    const logG = values.g.map(Math.log);
    const [late, early] = [interpolated(logG, s), interpolated(logG, sPrime)];
    if (quantity === "response") return kernel.kernel((s - sPrime) / 2) * Math.exp((early - late) / 2);
    const middle = (s + sPrime) / 2;
    let sum = kernel.kernel(middle);
    if (problem.temperature > 0 && sPrime > 0) {
      const { points, weights: rule } = gaussLegendre(cells(sPrime));
      for (const [k, u] of points.entries()) {
        const heat = heatOf(problem, schedule.time(u));
        sum += 2 * rule[k] * heat * Math.exp(interpolated(logG, u)) * kernel.kernel(middle - u);
      }
    }
    return sum * Math.exp(-(late + early) / 2);
  }

  /** Cells of about ten steps, one edge at the kink. */
  function cells(end: number): number[] {
    const kink = grid.kink * grid.step;
    const pieces = kink > 0 && kink < end ? [0, kink, end] : [0, end];
    const edges = [0];
    for (const [k, to] of pieces.slice(1).entries()) {
      const count = Math.ceil((to - pieces[k]) / (10 * grid.step));
      for (let i = 1; i <= count; i++) edges.push(pieces[k] + ((to - pieces[k]) * i) / count);
    }
    return edges;
  }

  function estimate(quantity: string, t: number, tPrime: number): Estimate {
    if (quantity !== "correlation" && quantity !== "response") {
      throw new InvalidParameterError("quantity", quantity, "correlation or response");
    }
    const [s, sPrime] = [schedule.clock(inside("t", t)), schedule.clock(inside("tPrime", tPrime))];
    if (quantity === "response" && t < tPrime) return { value: 0, error: 0 };
    const [late, early] = s >= sPrime ? [s, sPrime] : [sPrime, s];
    if (late === early) return { value: 1, error: 0 };
    const value = twoTime(best, quantity, late, early);
    // C(s, s) = 1 is not built in: by how much it is missed is an error that extrapolation does not see.
    const missed = [late, early].map((s) => Math.abs(twoTime(best, "correlation", s, s) - 1));
    const error = Math.abs(value - twoTime(second, quantity, late, early));
    return { value, error: error + Math.max(...missed) + ROUNDING };
  }

  const every = Math.max(1, Math.floor(grid.count / 500));
  const times = Array.from({ length: Math.ceil(grid.count / every) }, (_, k) => k * every * grid.step)
    .filter((clock) => clock < schedule.clock(until) * (1 - 1e-12))
    .map(schedule.time);
  return {
    ...sample([...times, until]),
    sample,
    estimate,
    correlation: (t, tPrime) => estimate("correlation", t, tPrime).value,
    response: (t, tPrime) => estimate("response", t, tPrime).value,
    twoTime: ["correlation", "response"],
    notes: remarks(problem),
  };
}
