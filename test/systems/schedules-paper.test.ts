import { describe, expect, it } from "vitest";
import { predictConfig, solveConfig } from "../../src/systems/calls";

const predicted = async (system: string, parameters: object) =>
  (await predictConfig({ system, parameters })) as Readonly<Record<string, number>>;

/** Numbers that the learning-rate schedules paper states and no other test has. */
describe("what the schedules paper states", () => {
  it.each([3, 4, 6])("(C.6): the plateau leaves 1 as T/√(p − 1), p = %i", async (p) => {
    const [one, two] = [1e-3, 5e-4];
    const slope = async (temperature: number) =>
      (1 - (await predicted("p-spin", { p, temperature })).plateau) / temperature;
    // The next order is linear in T: extrapolated to 0.
    expect(2 * (await slope(two)) - (await slope(one))).toBeCloseTo(1 / Math.sqrt(p - 1), 5);
  });

  it.each([3, 4, 6])(
    "(17), (C.8): threshold −√(4(p − 1))/p, above which the loss is linear in T, p = %i",
    async (p) => {
      const loss = async (temperature: number) =>
        (await predicted("p-spin", { p, temperature })).thresholdLoss;
      const zero = await loss(0);
      expect(zero).toBeCloseTo(-Math.sqrt(4 * (p - 1)) / p, 12);
      const [small, half] = [(await loss(2e-3)) - zero, (await loss(1e-3)) - zero];
      expect(small / half).toBeCloseTo(2, 2);
    },
  );

  it("fig. 5: ln N/(2η0κ) = 80 at N = 3000, η0 = 0.1, κ = ½; the gap of Δ = 1 − 1/√2", async () => {
    const parameters = { noise: 1 - Math.SQRT1_2, signal: 1, size: 3000, schedule: 0.1, temperature: 1 };
    const { gap, crossoverTimeLeading, crossoverTime, crossoverTimeHessian } = await predicted(
      "spherical-sk",
      parameters,
    );
    expect(gap).toBeCloseTo(0.5, 12);
    expect(crossoverTimeLeading).toBeCloseTo(Math.log(3000) / 0.1, 10);
    expect(Math.round(crossoverTimeLeading)).toBe(80);
    expect(crossoverTimeHessian).toBeLessThan(crossoverTime);
    expect(crossoverTime).toBeLessThan(crossoverTimeLeading);
  });

  it("App. B.2: after the crossing the only negative eigenvalue is that of the signal", async () => {
    const parameters = { noise: 0.4, signal: 1, initialOverlap: 1e-4, schedule: 1 };
    const solution = await solveConfig({ system: "spherical-sk", parameters, method: { until: 60 } }, {});
    const { topEigenvalue } = await predicted("spherical-sk", parameters);
    const { multiplier, hessianLeftEdge } = solution.sample([5, 60]).series;
    expect(hessianLeftEdge[0]).toBeLessThan(0);
    expect(hessianLeftEdge[1]).toBeGreaterThan(0.3);
    for (const z of multiplier) expect(z).toBeLessThan(topEigenvalue);
    expect(topEigenvalue - multiplier[1]).toBeLessThan(1e-8);
  });

  it.each([0.5, 1, 1.9])(
    "(D.20): at p = 3 the Langevin-easy line is Δ2 = √(Δp/2), Δp = %f",
    async (tensorNoise) => {
      const { langevinEasyMatrixNoise } = (await predictConfig({
        system: "spiked-matrix-tensor",
        parameters: { matrixNoise: 0.2, tensorNoise, initialOverlap: 1e-10 },
      })) as Readonly<Record<string, ArrayLike<number> | number>>;
      const roots =
        typeof langevinEasyMatrixNoise === "number" ? [langevinEasyMatrixNoise] : langevinEasyMatrixNoise;
      expect(Array.from(roots)).toContainEqual(expect.closeTo(Math.sqrt(tensorNoise / 2), 10));
    },
  );
});
