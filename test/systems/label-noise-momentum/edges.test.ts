import { describe, expect, it } from "vitest";
import { runVerb } from "../../../src/run/execute";
import { solve } from "../../../src/systems/calls";
import { parseConfig } from "../../../src/systems/config/config";

const quadratic = { model: "quadratic", learningRate: 0.1, momentum: 0.5 } as const;

async function rowsOf(verb: "solve" | "simulate" | "predict", config: object) {
  const checked = parseConfig({ system: "label-noise-momentum", ...config }, verb);
  const { rows, status, message } = await runVerb(verb, checked);
  expect(status, message).toBe("done");
  return rows;
}
const valuesOf = (rows: readonly { readonly quantity: string; readonly value?: unknown }[], name: string) =>
  rows.filter(({ quantity }) => quantity === name).map(({ value }) => value);

describe("the drift of independent modes", () => {
  const drift = (parameters: object, until = 1000) =>
    solve(
      { system: "label-noise-momentum", parameters: { ...quadratic, ...parameters } },
      { kind: "drift", until },
    );

  it("is refused where noise acts on a zero mode", async () => {
    const refused = /acts along the manifold/;
    await expect(drift({ curvatures: [1, 0], start: [0, 1] })).rejects.toThrow(refused);
    await expect(drift({ curvatures: [1, 0], start: "off", projectStart: true })).rejects.toThrow(refused);
    await expect(drift({ curvatures: [0] })).rejects.toThrow(refused);
  });

  it("keeps a zero mode without noise where it is", async () => {
    const noiseCovariance = [
      [1, 0],
      [0, 0],
    ];
    const { series, error } = await drift({ curvatures: [1, 0], start: [0, 1], noiseCovariance });
    expect(Math.max(...series.radius.map((x) => Math.abs(x - 1)))).toBe(0);
    expect(Math.max(...error!.radius)).toBe(0);
    const silent = await drift({ curvatures: [1, 0], start: [0, 1], noise: 0 });
    expect(Math.max(...silent.series.radius)).toBe(1);
  });

  it("stays at 0 from a start at 0", async () => {
    const { sample } = await drift({ learningRate: 0.05, momentum: 0.9, curvatures: [1, 2] }, 50);
    const { series, error } = sample([0, 20, 50]);
    expect([...series.radius, ...error!.radius, ...error!.logRadius]).toEqual(Array(9).fill(0));
    expect([...series.hessianTrace]).toEqual([3, 3, 3]);
    const rows = await rowsOf("solve", {
      parameters: { ...quadratic, curvatures: [1, 2] },
      method: { kind: "drift", until: 50 },
      report: { times: [50], quantities: ["radius", "hessianTrace"] },
    });
    expect(valuesOf(rows, "radius")).toEqual([0]);
  });
});
