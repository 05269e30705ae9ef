import { expect, it } from "vitest";
import { standardError } from "../../../src/numerics/statistics";
import { methods } from "../../../src/systems/quadratic-network/parameters";
import { quadraticNetwork as system } from "../../../src/systems/quadratic-network/record";
import { validate } from "../../../src/systems/schema/validate";

/** a_j of a fair coin, for the same w_j (Escaping mediocrity, App. I). */
const COINS = [1, 0, 0, 1, 1, 0, 1, 0, 0, 1];

async function exits(change: object): Promise<Float64Array> {
  const code = await system.load();
  const parameters = { width: 10, learningRate: 0.8, dimension: 1000, exitOn: "maxOverlap", ...change };
  const method = { kind: "ode", until: 2, tolerance: 1e-5, samples: 100, seed: 20261122 };
  const solution = await code.solve(
    validate(system.parameters, parameters, "parameters"),
    validate(methods.ode, method, "method"),
  );
  return solution.events!.exitTime;
}

/** By how much later half of the neurons leave the plateau than all of them. */
async function delay(trainSecondLayer: boolean) {
  const ones = await exits({ trainSecondLayer });
  const drawn = await exits({ trainSecondLayer, initial: { secondLayer: COINS } });
  const times = Array.from(ones, (t, k) => drawn[k] - t);
  return { mean: times.reduce((sum, t) => sum + t, 0) / times.length, error: standardError(times) };
}

it("a second layer of fair coins leaves the plateau when one of all 1 does if it learns, and later if it does not", async () => {
  const learning = await delay(true);
  expect(learning.error).toBeLessThan(0.012);
  expect(Math.abs(learning.mean)).toBeLessThan(3 * learning.error);
  const fixed = await delay(false);
  expect(fixed.mean).toBeGreaterThan(4 * fixed.error);
});
