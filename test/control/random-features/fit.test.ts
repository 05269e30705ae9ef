import { describe, expect, it } from "vitest";
import { type CurveFit, fitCurve, type LossCurve } from "../../../src/control/random-features";
import { InvalidParameterError } from "../../../src/core/errors";
import { createModes } from "../../../src/models/random-features";
import { createStreams } from "../../../src/numerics/streams";
import { advanceModes } from "../../../src/volterra/random-features/recursion";

const LAW = { targetExponent: 1.7, spectrumExponent: 1.5, labelNoise: 0.3 };
const SIZE = { features: 40, modes: null };
const STEPS = [0, 1, 2, 4, 7, 12, 20, 35, 60, 100, 170, 300];

/** The theory of a law at the steps, all modes one by one. */
function lossesOf(law: typeof LAW, rate = 0.2): number[] {
  const modes = createModes({ ...law, ...SIZE });
  const q = Float64Array.from(modes.start);
  let sum = q.reduce((total, value) => total + value, 0);
  const found: number[] = [];
  for (let t = 0; t <= 300; t++) {
    if (STEPS.includes(t)) found.push(modes.floor + sum);
    sum = advanceModes(modes, q, rate, 1, sum);
  }
  return found;
}

const curveOf = (loss: readonly number[]): LossCurve => ({ step: STEPS, loss, rate: 0.2, batchSize: 1 });

function finish(fit: Generator<void, CurveFit>): CurveFit {
  let step = fit.next();
  while (!step.done) step = fit.next();
  return step.value;
}

/** Draws of independent noise of the size of sigma. */
function draws(sigma: readonly number[], count: number): Float64Array[] {
  const stream = createStreams(20261122).stream("noise", 0);
  return Array.from({ length: count }, () => {
    const one = new Float64Array(sigma.length);
    stream.fillNormal(one);
    return one.map((z, i) => z * sigma[i]);
  });
}

const exact = lossesOf(LAW);
const sigma = exact.map((loss) => 1e-3 * loss);

describe("the fit of a curve", () => {
  it("finds the law of an exact curve, whatever the weights", () => {
    for (const weights of [exact, sigma, exact.map(() => 1)]) {
      const fit = finish(fitCurve(curveOf(exact), SIZE, weights));
      for (const name of ["targetExponent", "spectrumExponent", "labelNoise"] as const) {
        expect(Math.abs(fit[name].value / LAW[name] - 1)).toBeLessThan(2e-3);
      }
      expect(fit.residual * weights[11]).toBeLessThan(1e-4 * exact[11]);
    }
  });

  it("has an interval at whose ends χ² is above its minimum by what 95 % of the drawn curves stay below", () => {
    const deviations = draws(sigma, 400);
    const measured = exact.map((loss, i) => loss + deviations[7][i]);
    const fit = finish(fitCurve(curveOf(measured), SIZE, sigma, deviations));
    /** χ² with a or b held, by a fit of the others of its own: nested golden sections. */
    const chiSquare = (law: typeof LAW) =>
      lossesOf(law).reduce((sum, loss, i) => sum + ((measured[i] - loss) / sigma[i]) ** 2, 0);
    const bestNoise = (law: typeof LAW) => golden((labelNoise) => chiSquare({ ...law, labelNoise }), 0, 0.6);
    const held = (name: "targetExponent" | "spectrumExponent", value: number) => {
      const free = name === "targetExponent" ? "spectrumExponent" : "targetExponent";
      const { low, high } = fit[free];
      const [from, to] = [1 + 0.5 * (low - 1), 1 + 1.5 * (high - 1)];
      return golden((other) => bestNoise({ ...LAW, [name]: value, [free]: other }), from, to);
    };
    const least = held("targetExponent", fit.targetExponent.value);
    expect(Math.abs(least / STEPS.length / fit.residual ** 2 - 1)).toBeLessThan(1e-3);
    for (const name of ["targetExponent", "spectrumExponent"] as const) {
      for (const end of [fit[name].low, fit[name].high]) {
        // The 95 % point of χ² with two degrees of freedom, 5.99, as 400 draws know it.
        expect(Math.abs(held(name, end) - least - 5.99)).toBeLessThan(1);
      }
      expect(fit[name].low).toBeLessThan(LAW[name]);
      expect(fit[name].high).toBeGreaterThan(LAW[name]);
    }
    expect(fit.phaseCertainty).toBeGreaterThan(0.95);
  });

  it("widens with what the noise does not explain", () => {
    const deviations = draws(sigma, 200);
    const measured = exact.map((loss, i) => loss + 3 * deviations[7][i]);
    const wide = finish(fitCurve(curveOf(measured), SIZE, sigma, deviations));
    const honest = sigma.map((value) => 3 * value);
    const right = finish(fitCurve(curveOf(measured), SIZE, honest, draws(honest, 200)));
    const width = ({ targetExponent: { low, high } }: CurveFit) => high - low;
    expect(wide.residual).toBeGreaterThan(1.5);
    expect(right.residual).toBeLessThan(1);
    expect(Math.abs(width(wide) / width(right) / wide.residual - 1 / 3)).toBeLessThan(0.03);
  });

  it("leaves open what a curve does not tell", () => {
    const loose = exact.map((loss) => 0.5 * loss);
    const fit = finish(fitCurve(curveOf(exact), SIZE, loose, draws(loose, 100)));
    expect([fit.spectrumExponent.low, fit.spectrumExponent.high]).toEqual([1, Infinity]);
    expect(fit.phaseCertainty).toBeLessThan(0.1);
  });

  it.each([
    ["fit.step.length", { step: [1, 2, 3], loss: [3, 2, 1] }],
    ["fit.loss.length", { loss: exact.slice(1) }],
    ["fit.step[3]", { step: STEPS.map((t, i) => (i === 3 ? 2 : t)) }],
    ["fit.loss[2]", { loss: exact.map((value, i) => (i === 2 ? 0 : value)) }],
    ["schedule", { rate: 0 }],
    ["batchSize", { batchSize: 0.5 }],
  ])("refuses %s", (parameter, change) => {
    const curve = { ...curveOf(exact), ...change };
    const error = (() => {
      try {
        return finish(fitCurve(curve, SIZE, exact));
      } catch (e) {
        return e;
      }
    })();
    expect(error).toBeInstanceOf(InvalidParameterError);
    expect((error as InvalidParameterError).parameter).toBe(parameter);
  });
});

/** Least value of a function with one valley, by a golden section. */
function golden(f: (x: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let [x, y] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [fx, fy] = [f(x), f(y)];
  for (let i = 0; i < 22; i++) {
    if (fx < fy) {
      [high, y, fy] = [y, x, fx];
      x = high - ratio * (high - low);
      fx = f(x);
    } else {
      [low, x, fx] = [x, y, fy];
      y = low + ratio * (high - low);
      fy = f(y);
    }
  }
  return Math.min(fx, fy);
}
