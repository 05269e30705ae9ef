import { expect, it } from "vitest";
import { rowsToCsv } from "../../src/run/csv";
import { runCase } from "./run-case";

it("negative-zero: nothing changes at rate 0, and CSV says 0 like JSON", async () => {
  const { exit, rows } = await runCase("solve", {
    system: "p-spin",
    parameters: {
      p: 3,
      temperature: 0,
      schedule: { kind: "tabulated", times: [0, 2, 3], rates: [0, 0, 1] },
    },
    method: { until: 4 },
    report: { times: [1], quantities: ["lossExponent"] },
  });
  expect(exit).toBe(0);
  expect(rows.map(({ value }) => value)).toEqual([0]);
  const [, line] = (await rowsToCsv(rows)).split("\n");
  expect(line).toMatch(/^lossExponent,1,,,,,0,/);
});

it("second-layer-without-overlap: random weights take a given second layer", async () => {
  const { exit, message, rows } = await runCase("solve", {
    system: "quadratic-network",
    parameters: { width: 4, learningRate: 0.5, dimension: 1000, initial: { secondLayer: [1, 0, 1, 1] } },
    method: { until: 1, samples: 2 },
    report: { times: [0, 1], quantities: ["secondLayer"] },
  });
  expect(exit, message).toBe(0);
  for (const t of [0, 1]) {
    expect(rows.filter(({ time }) => time === t).map(({ value }) => value)).toEqual([1, 0, 1, 1]);
  }
});
