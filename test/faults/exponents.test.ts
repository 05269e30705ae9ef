import { expect, it } from "vitest";
import { runCase } from "./run-case";

const schedule = { kind: "power-law", rate: 0.5, exponent: 0.5 };

async function exponents(parameters: object) {
  const { rows } = await runCase("predict", {
    system: "p-spin",
    parameters: { temperature: 1, schedule, ...parameters },
  });
  return ["lossExponent", "optimalExponent"].map(
    (name) => rows.find(({ quantity }) => quantity === name)?.value,
  );
}

it("p2-exponents: two spins have their own, mixtures none that is known", async () => {
  expect(await exponents({ p: 2 })).toEqual([0.5, 0.5]);
  expect(await exponents({ p: 3 })).toEqual([1 / 3, 0.4]);
  const couplings = [2, 4].map((p) => ({ p, variance: 1 }));
  expect(await exponents({ couplings })).toEqual(["undefined", "undefined"]);
});

it("a list of roots without any says so", async () => {
  const parameters = { matrixNoise: 0.5, tensorNoise: 100, temperature: 1, initialOverlap: 0.1 };
  const { rows } = await runCase("predict", {
    system: "spiked-matrix-tensor",
    parameters: { p: 4, ...parameters },
  });
  expect(rows.filter(({ quantity }) => quantity === "langevinEasyMatrixNoise")).toEqual([
    { quantity: "langevinEasyMatrixNoise", value: "undefined" },
  ]);
});
