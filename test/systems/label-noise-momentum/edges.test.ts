import { describe, expect, it } from "vitest";
import { compare } from "../../../src/compare";
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

/** λ of every mode, from κ₊ + κ₋ = 1 + β − ηλ. */
function curvaturesOf(rows: Awaited<ReturnType<typeof rowsOf>>, eta: number, beta: number): number[] {
  const parts = rows.filter(
    (row) => row.quantity === "eigenvalue" && "statistic" in row && row.statistic === "real",
  );
  const real = parts.map(({ value }) => Number(value));
  return real.filter((_, k) => k % 2 === 0).map((plus, i) => (1 + beta - plus - real[2 * i + 1]) / eta);
}

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

  it("has a loss: that of its stationary fluctuations, to which the linear theory comes", async () => {
    const parameters = { ...quadratic, curvatures: [1, 2], noise: 0.3 };
    const report = { times: [400], quantities: ["loss"] };
    const of = async (kind: string) =>
      valuesOf(await rowsOf("solve", { parameters, method: { kind, until: 400 }, report }), "loss");
    // (LN10): ½ Σ λ ηε²Λ(1 + β)/(hλ(2(1 + β) − ηλ)).
    const wanted = [1, 2].reduce((sum, x) => sum + (0.5 * 0.1 * 0.09 * 1.5) / (0.5 * (3 - 0.1 * x)), 0);
    expect(await of("linear")).toEqual([expect.closeTo(wanted, 12)]);
    expect(await of("drift")).toEqual([expect.closeTo(wanted, 12)]);
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

describe("first passages of the drift", () => {
  it("are those of the closed form within their error", async () => {
    const [eta, beta, noise] = [0.05, 0.9, 1e-3];
    const { events, eventError } = await solve(
      { system: "label-noise-momentum", parameters: { learningRate: eta, momentum: beta, noise } },
      { kind: "drift", until: 1e9 },
    );
    // ln N − aN falls linearly, a = ημ2/(2n(1 + β)), from N = 20 to 1.
    const a = eta / (20 * (1 + beta));
    const rate = (eta ** 2 * noise ** 2) / (50 * (1 - beta) ** 2);
    const wanted = (Math.log(20) - 19 * a) / rate;
    const apart = Math.abs(events!.firstPassageTime[0] - wanted);
    expect(apart).toBeLessThanOrEqual(eventError!.firstPassageTime + 1);
    expect(eventError!.firstPassageTime).toBeGreaterThan(0);
    expect(eventError!.firstPassageTime).toBeLessThan(1e-6 * wanted);
  });
});

describe("closed forms at their ends", () => {
  it("matrix sensing is critically damped at 2^(1/3) times its matching prefactor", async () => {
    const parameters = { model: "matrix-sensing", d: 100, rank: 5, samples: 2500, noise: 0.1 };
    const rows = await rowsOf("predict", {
      parameters: { learningRate: 0.01, momentum: 0.9, ...parameters },
    });
    const [critical, prefactor] = [
      Number(valuesOf(rows, "criticalPrefactor")[0]),
      Number(valuesOf(rows, "prefactor")[0]),
    ];
    expect(critical / prefactor).toBeCloseTo(1.259921049894873, 14);
  });

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

describe("parameters of another model", () => {
  it.each([
    [{ curvatures: [1] }, "curvatures", "quadratic"],
    [{ noiseCovariance: 2 }, "noiseCovariance", "valley"],
    [{ model: "matrix-uv", activation: "tanh" }, "activation", "mlp"],
    [{ model: "matrix-sensing", n: 20 }, "n", "matrix-uv"],
    [{ model: "valley", threshold: 0.2 }, "threshold", "uv"],
    [{ model: "quadratic", curvatures: [1], samples: 5 }, "samples", "mlp"],
    [{ inputDimension: 3 }, "inputDimension", "mlp"],
    [{ d: 5 }, "d", "matrix-sensing"],
    [{ model: "mlp", rank: 1 }, "rank", "matrix-sensing"],
    [{ teacherWidth: 2 }, "teacherWidth", "mlp"],
    [{ dimension: 3 }, "dimension", "valley"],
    [{ model: "mlp", outputDimension: 3 }, "outputDimension", "matrix-uv"],
  ])("%o is refused, with the model that it belongs to", async (rest, name, owner) => {
    const work = rowsOf("predict", { parameters: { learningRate: 0.05, momentum: 0.9, ...rest } });
    await expect(work).rejects.toThrow(new RegExp(`^parameters\\.${name} .*belongs to model.*"${owner}"`));
  });
  it("at its default it changes nothing", async () => {
    const rest = { model: "valley", n: 10, noiseCovariance: 1, threshold: 0.1, activation: "linear" };
    const rows = await rowsOf("predict", { parameters: { learningRate: 0.05, momentum: 0.9, ...rest } });
    expect(rows.length).toBeGreaterThan(5);
  });
});

describe("spectra of models with a Hessian at the start", () => {
  const predict = (rest: object) =>
    rowsOf("predict", { parameters: { learningRate: 0.05, momentum: 0.9, ...rest } });
  it.each([
    [{ model: "mlp", n: 3, inputDimension: 2 }, 9, 1 / 5],
    [{ activation: "tanh", n: 4 }, 8, 1 / 5],
    [{ model: "matrix-uv", n: 3 }, 12, 1 / 5],
    [{ model: "matrix-sensing", d: 2 }, 8, 2 / 20],
    [{ model: "mlp", n: 3, inputDimension: 2, start: "off", projectStart: true, samples: 1 }, 9, 1],
  ])("%o: one pair a weight, label noise c·H in the covariance", async (rest, weights, c) => {
    const rows = await predict(rest);
    expect(curvaturesOf(rows, 0.05, 0.9).length).toBe(weights);
    const covariance = rows.flatMap((row) =>
      row.quantity === "stationaryCovariance" && "index" in row && row.index
        ? [{ index: row.index, value: Number(row.value) }]
        : [],
    );
    expect(covariance.length).toBe(weights ** 2);
    const others = covariance.filter(({ index: [i, j] }) => i !== j).map(({ value }) => value);
    expect(new Set(others)).toEqual(new Set([0]));
    const diagonal = covariance.filter(({ index: [i, j] }) => i === j).map(({ value }) => value);
    for (const [i, curvature] of curvaturesOf(rows, 0.05, 0.9).entries()) {
      // (LN10) with Λ = cλ.
      const wanted = curvature > 1e-9 ? (0.05 * 0.25 * c * 1.9) / (0.1 * (3.8 - 0.05 * curvature)) : 0;
      expect(Math.abs(diagonal[i] - wanted)).toBeLessThan(1e-12);
    }
    expect(diagonal.some((x) => x > 0)).toBe(true);
  });

  it("are undefined off the manifold, and where there are too many weights", async () => {
    for (const rest of [{ start: "off" }, { model: "matrix-sensing", d: 15 }]) {
      const rows = await predict(rest);
      expect(valuesOf(rows, "relaxationTime")).toEqual(["undefined"]);
    }
  });
});

describe("the mean field", () => {
  it("is a closure of vector UV without activation, with its own first passage, and no other model's", async () => {
    const parameters = { learningRate: 0.01, momentum: { prefactor: 0.2, exponent: 0.6 } };
    const method = { kind: "moment-closure", closure: "mean-field", until: 2000 };
    const rows = await rowsOf("solve", { parameters, method, report: { times: [0, 800, 1900] } });
    expect(valuesOf(rows, "firstPassageTime")).toEqual([893]);
    const [first, later, beyond] = valuesOf(rows, "radius");
    expect(first).toBeCloseTo(20, 12);
    expect(later).toBeLessThan(2);
    expect(beyond).toBe("undefined");
    expect(valuesOf(rows, "hessianTrace")[1]).toBeCloseTo(Number(later) / 10, 14);
    const tanh = rowsOf("solve", { parameters: { ...parameters, activation: "tanh" }, method });
    await expect(tanh).rejects.toThrow(/method.closure is "mean-field".*"gaussian"/);
  });
});

describe("the network", () => {
  const parameters = { model: "mlp", learningRate: 0.1, momentum: 0.8 } as const;
  it("has no manifold where there are as many samples as weights, and no drift of ReLU units", async () => {
    const drift = (rest: object) =>
      rowsOf("solve", { parameters: { ...parameters, ...rest }, method: { kind: "drift", until: 10 } });
    await expect(drift({ n: 2, inputDimension: 2, samples: 6 })).rejects.toThrow(
      /samples is 6; allowed: below 6/,
    );
    await expect(drift({ activation: "relu" })).rejects.toThrow(/activation is "relu".*kinks/);
  });

  it("reports the loss of its fluctuations, (ηε²c/4h) Σ λ_i/(1 − ηλ_i/(2(1 + β)))", async () => {
    const small = { ...parameters, n: 3, inputDimension: 3, samples: 3, noise: 0.1 };
    const report = { times: [0], quantities: ["loss", "hessianTrace"] };
    const rows = await rowsOf("solve", { parameters: small, method: { kind: "drift", until: 10 }, report });
    const modes = await rowsOf("predict", { parameters: small });
    const curvatures = curvaturesOf(modes, 0.1, 0.8);
    const wanted = curvatures.reduce((sum, x) => sum + x / (1 - (0.1 * x) / 3.6), 0);
    const [loss] = valuesOf(rows, "loss") as number[];
    expect(loss / ((0.1 * 0.01 * wanted) / (3 * 4 * 0.2)) - 1).toBeLessThan(1e-10);
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

  it("the test error of a drift lacks the fluctuations: it has a note and no comparison", async () => {
    const parameters = { ...small, model: "matrix-uv", rank: 1 } as const;
    const drift = await solve({ system, parameters }, { kind: "drift", until: 40 });
    const ensemble = await simulate({ system, parameters }, { samples: 3, until: 40, times: [40] });
    expect(drift.notes.join()).toMatch(/testError is that of the point on the manifold/);
    const compared = compare(drift, ensemble).quantities.map(({ quantity }) => quantity);
    expect(compared).toContain("loss");
    expect(compared).not.toContain("testError");
    const silent = { ...parameters, noise: 0 };
    expect(
      (await solve({ system, parameters: silent }, { kind: "drift", until: 40 })).untested,
    ).toBeUndefined();
  });

  it("drift and closure say that a first passage did not come by their end", async () => {
    for (const kind of ["drift", "moment-closure"] as const) {
      const { notes } = await solve({ system, parameters: small }, { kind, until: 20 });
      expect(notes.join()).toMatch(/no first passage by step 20/);
    }
  });

  it("a closure that is cut before its second node is due keeps the step before the cut", async () => {
    const parameters = { learningRate: 0.5, momentum: 0.9, noise: 3 };
    const long = (until: number) => solve({ system, parameters }, { kind: "moment-closure", until });
    // Every step is kept up to 20000, every fiftieth up to a million.
    const [every, some] = [await long(100), await long(1e6)];
    for (const { notes } of [every, some]) expect(notes.join()).toMatch(/holds up to step 4:/);
    expect([...some.time]).toEqual([0, 4]);
    for (const name of ["radius", "hessianTrace"]) {
      expect(some.sample([4]).series[name][0]).toBe(every.sample([4]).series[name][0]);
    }
    expect(some.sample([5]).series.radius[0]).toBeNaN();
  });

  it("a drift so long that no steps follow it is refused for its end, not for the learning rate", async () => {
    const drift = (until: number) =>
      solve({ system, parameters: { learningRate: 0.1, momentum: 0.9 } }, { kind: "drift", until });
    for (const until of [1e8, 1e15]) {
      await expect(drift(until)).rejects.toMatchObject({ parameter: "method.until", value: until });
    }
  });

  it("the closure reports the means of few weights: of independent modes those of the linear dynamics", async () => {
    const parameters = { ...quadratic, curvatures: [1, 0.3], start: [2, -1] };
    const [closure, linear] = [
      await solve({ system, parameters }, { kind: "moment-closure", until: 20 }),
      await solve({ system, parameters }, { kind: "linear", until: 20 }),
    ];
    for (const name of ["position[0]", "position[1]"]) {
      for (const t of [0, 1, 7, 20]) {
        expect(closure.sample([t]).series[name][0]).toBeCloseTo(linear.sample([t]).series[name][0], 13);
      }
    }
    expect(linear.notes.join()).toMatch(/no error is known/);
    const uv = await solve({ system, parameters: small }, { kind: "moment-closure", until: 5 });
    expect(Object.keys(uv.series)).not.toContain("position[0]");
  });

  it("few weights are reported one by one, by drift and simulation", async () => {
    const parameters = { ...small, activation: "tanh" } as const;
    const drift = await solve({ system, parameters }, { kind: "drift", until: 20 });
    const runs = await simulate({ system, parameters }, { samples: 1, until: 20, times: [0] });
    for (const series of [drift.series, runs.series]) expect(Object.keys(series)).toContain("position[3]");
    expect(drift.series["position[3]"][0]).toBeCloseTo(runs.series["position[3]"][0], 12);
  });

  it("linear: in the plane valley Tr H is the radius", async () => {
    const { n: _, ...rest } = small;
    const valley = await solve(
      { system, parameters: { ...rest, model: "valley" } },
      { kind: "linear", until: 200 },
    );
    const { radius, hessianTrace } = valley.sample([200]).series;
    expect(radius[0]).toBeGreaterThan(2.001);
    expect(Math.abs(hessianTrace[0] - radius[0])).toBeLessThan(1e-12);
    const matrix = await solve(
      { system, parameters: { ...small, model: "matrix-uv", rank: 1 } },
      { kind: "linear", until: 50 },
    );
    const traces = matrix.sample([0, 50]).series.hessianTrace;
    expect(traces[1]).toBeGreaterThan(traces[0]);
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
    const valley = await solve({ system, parameters: { ...small, n: 10, model: "valley" } }, method);
    expect(Object.keys(valley.series)).toContain("position[1]");
  });
});
