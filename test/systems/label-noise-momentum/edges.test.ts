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

describe("closed forms at their ends", () => {
  const predict = async (parameters: object) => {
    const rows = await rowsOf("predict", { parameters: { ...quadratic, ...parameters } });
    return (name: string, index = [0, 0]) =>
      rows.find((row) => row.quantity === name && "index" in row && row.index!.join() === index.join())
        ?.value;
  };
  const relative = (found: unknown, wanted: number) => Math.abs((found as number) / wanted - 1);

  it("the momentum of an eigenvector keeps its digits: −λ/(κ − β)", async () => {
    const small = await predict({ learningRate: 0.01, momentum: 1e-12, curvatures: [1] });
    expect(relative(small("eigenvectorMomentum"), -1.01010101010202)).toBeLessThan(1e-12);
    const flat = await predict({ learningRate: 0.01, momentum: 0.9, curvatures: [1e-10] });
    expect(relative(flat("eigenvectorMomentum"), -1.0000000001e-9)).toBeLessThan(1e-14);
    const none = await predict({ learningRate: 0.01, momentum: 0, curvatures: [1] });
    expect(relative(none("eigenvectorMomentum"), -1 / 0.99)).toBeLessThan(1e-15);
    expect(none("eigenvectorMomentum", [0, 1])).toBe("undefined");
  });

  it("the time of relaxation keeps its digits", async () => {
    const rows = await rowsOf("predict", {
      parameters: { ...quadratic, learningRate: 0.01, momentum: 0.9, curvatures: [1e-10] },
    });
    expect(relative(valuesOf(rows, "relaxationTime")[0], 99999999990.5)).toBeLessThan(1e-12);
  });

  it("the rate at the origin is g(1 − β) at weak noise", async () => {
    for (const [noise, wanted] of [
      [1e-6, 5e-15],
      [1e-5, 5e-13],
      [1e-4, 5e-11],
    ]) {
      const rows = await rowsOf("predict", { parameters: { learningRate: 0.05, momentum: 0.9, noise } });
      expect(relative(valuesOf(rows, "originRate")[0], wanted)).toBeLessThan(1e-7);
    }
  });
});
