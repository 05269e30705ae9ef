import { expect, it } from "vitest";
import { createDescent, walkOnSphere } from "../../../src/simulate/landscape/langevin";
import { lossOf, normals, start } from "./draws";

it("has a weak error of second order at finite N", () => {
  // The same noise at three step lengths: differences of means have small errors. N = 8, T = 1, clock 1.
  const size = 8;
  const samples = 6000;
  const levels = [4, 8, 16];
  const differences = [0, 1].map(() => ({ sum: 0, squares: 0 }));
  const gradient = new Float64Array(size);
  for (let sample = 0; sample < samples; sample++) {
    const loss = lossOf(size, sample);
    const descend = createDescent(loss);
    const fine = normals(size * 32, sample, "noise");
    const losses = levels.map((steps) => {
      const x = start(size, sample);
      const parts = 16 / steps;
      const walk = (half: number) => {
        const noise = new Float64Array(size);
        for (let k = 0; k < parts * size; k++) noise[k % size] += fine[half * parts * size + k];
        walkOnSphere(
          x,
          0.5 / steps,
          noise.map((v) => v / Math.sqrt(parts)),
        );
      };
      for (let k = 0; k < steps; k++) {
        walk(2 * k);
        descend([x], 1 / steps);
        walk(2 * k + 1);
      }
      return loss.evaluate(x, gradient) / size;
    });
    for (const [k, difference] of differences.entries()) {
      difference.sum += losses[k] - losses[k + 1];
      difference.squares += (losses[k] - losses[k + 1]) ** 2;
    }
  }
  const [coarse, fine] = differences.map(({ sum }) => sum / samples);
  const fineError = Math.sqrt(differences[1].squares) / samples;
  // Second order: the ratio of the differences tends to 4; first order: to 2.
  expect(coarse - 2.5 * fine).toBeGreaterThan(3 * 2.5 * fineError);
  expect(coarse - 6 * fine).toBeLessThan(0);
  expect(fine).toBeGreaterThan(5 * fineError);
});
