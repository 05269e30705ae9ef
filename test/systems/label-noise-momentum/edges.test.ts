import { describe, expect, it } from "vitest";
import { runVerb } from "../../../src/run/execute";
import { simulate, solve } from "../../../src/systems/calls";
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

describe("starts and what is reported of them", () => {
  const system = "label-noise-momentum" as const;
  const small = { learningRate: 0.05, momentum: 0.9, n: 2, noise: 0.1 };

  it("a start below the threshold has passed it at 0, in every method", async () => {
    const parameters = { ...small, start: [0.1, 0, 0, 0.1], threshold: 0.1 };
    const closure = await solve({ system, parameters }, { kind: "moment-closure", until: 20 });
    expect([...closure.events!.firstPassageTime]).toEqual([0]);
    const { events, summary } = await simulate(
      { system, parameters },
      { samples: 2, until: 20, times: [20] },
    );
    expect([...events!.firstPassageTime]).toEqual([0, 0]);
    expect([...events!.fitTime]).toEqual([Infinity, Infinity]);
    expect(summary!.settleTime.value).toBe(0);
  });

  it("may be off the manifold where the method does not need it, and are refused as they were typed", async () => {
    const parameters = { ...small, start: [1, 0, 1, 1] };
    const closure = await solve({ system, parameters }, { kind: "moment-closure", until: 5 });
    const { series } = await simulate({ system, parameters }, { samples: 1, until: 5, times: [0] });
    expect([closure.series.radius[0], series.radius[0]]).toEqual([
      expect.closeTo(3, 12),
      expect.closeTo(3, 12),
    ]);
    for (const kind of ["drift", "linear"] as const) {
      await expect(solve({ system, parameters }, { kind, until: 5 })).rejects.toMatchObject({
        parameter: "parameters.start",
        value: [1, 0, 1, 1],
      });
    }
    const short = { ...small, start: [1, 0, 1] };
    for (const kind of ["moment-closure", "linear"] as const) {
      await expect(solve({ system, parameters: short }, { kind, until: 5 })).rejects.toThrow(
        /4 finite numbers/,
      );
    }
  });

  it("linear: the trace is that of the radius, the means of modes are there, and no ln of a mean", async () => {
    const uv = await solve(
      { system, parameters: { learningRate: 0.05, momentum: 0.9 } },
      { kind: "linear", until: 50 },
    );
    const { radius, hessianTrace } = uv.sample([50]).series;
    expect(radius[0]).toBeGreaterThan(20.001);
    expect(Math.abs(hessianTrace[0] - radius[0] / 10)).toBeLessThan(1e-14);
    const parameters = { ...quadratic, curvatures: [1, 0], start: [2, 1] };
    const { series } = (await solve({ system, parameters }, { kind: "linear", until: 50 })).sample([0, 1, 2]);
    // w₁ = 2 − η·2, π₁ = −2; π₂ = −β·2 − w₁, w₂ = w₁ + ηπ₂.
    const wanted = [2, 1.8, 1.8 + 0.1 * (-1 - 1.8)];
    for (const [k, w] of wanted.entries()) expect(series["position[0]"][k]).toBeCloseTo(w, 14);
    expect([...series["position[1]"]]).toEqual([1, 1, 1]);
    expect(Object.keys(series)).not.toContain("logRadius");
    const closure = await solve({ system, parameters: small }, { kind: "moment-closure", until: 5 });
    expect(Object.keys(closure.series)).not.toContain("logRadius");
  });

  it("the test error on the manifold is 0, not what rounding leaves", async () => {
    const method = { kind: "drift", until: 5000 } as const;
    const { series } = await solve({ system, parameters: { learningRate: 0.05, momentum: 0.9 } }, method);
    expect(new Set(series.testError)).toEqual(new Set([0]));
  });

  it("a note on first passages comes with first passages only", async () => {
    const notes = async (quantity: string) => {
      const method = { samples: 1, until: 5, times: [5], quantities: [quantity] };
      return (await simulate({ system, parameters: small }, method)).notes;
    };
    expect(await notes("firstPassageTime")).toEqual([expect.stringMatching(/no first passage/)]);
    expect(await notes("radius")).toEqual([]);
  });

  it("diffusion of vector UV reports no coordinates of its reduction as weights", async () => {
    const method = { kind: "diffusion", samples: 2, step: 10, until: 20 } as const;
    const uv = await solve({ system, parameters: small }, method);
    expect(Object.keys(uv.series)).toEqual(["radius", "logRadius", "hessianTrace"]);
    const valley = await solve({ system, parameters: { ...small, model: "valley" } }, method);
    expect(Object.keys(valley.series)).toContain("position[1]");
  });
});
