import { describe, expect, it } from "vitest";
import { ConvergenceError, InterruptedError } from "../../../src/core/errors";
import { type Pool, serialPool } from "../../../src/core/pool";
import { quadraticNetwork } from "../../../src/models/quadratic-network/network";
import { solveNetworkOde } from "../../../src/ode/quadratic-network";
import {
  type NetworkProblem,
  type NetworkSimulation,
  simulateNetwork,
} from "../../../src/simulate/quadratic-network";
import { planNetwork } from "../../../src/simulate/quadratic-network/problem";

const problem: NetworkProblem = {
  network: quadraticNetwork({ learningRate: 0.08, labelNoise: 0.3, dimension: 300 }),
  start: "random",
  exit: { on: "risk", threshold: 0.5 },
};
const simulation: NetworkSimulation = { process: "exact", samples: 8, seed: 20261122, until: 10 };

describe("simulation of SGD", () => {
  it("a sample depends on seed and number only, not on samples, report times or workers", async () => {
    const few = await simulateNetwork(problem, { ...simulation, samples: 3 });
    const many = await simulateNetwork(problem, { ...simulation, times: [0, 0.5, 1], keepCurves: true });
    expect([...many.events.exitTime.subarray(0, 3)]).toEqual([...few.events.exitTime]);
    const pool: Pool = {
      workers: 3,
      map: (task, pieces, options) => serialPool.map(task, structuredClone(pieces), options),
    };
    const parallel = await simulateNetwork(
      problem,
      { ...simulation, times: [0, 0.5, 1], keepCurves: true },
      { pool },
    );
    expect(parallel).toEqual(many);
    const other = await simulateNetwork(problem, { ...simulation, seed: 1, samples: 3 });
    expect(other.events.exitTime[0]).not.toBe(few.events.exitTime[0]);
    expect(few.time.length).toBe(0);
  });

  it.each(["exact", "vectors"] as const)("reports the updates nearest to the times (%s)", async (process) => {
    const state = {
      overlap: Float64Array.of(0.4),
      correlation: Float64Array.of(1),
      secondLayer: Float64Array.of(1),
    };
    const stepTime = 0.08 / 300;
    const times = [0, 0.3 * stepTime, 1.4 * stepTime, 300 * stepTime];
    const result = await simulateNetwork(
      { ...problem, start: state },
      { ...simulation, process, times, keepCurves: true },
    );
    const { risk, excessRisk, maxOverlap } = result.curves!;
    const overlap = result.curves!["overlap[0]"];
    for (let k = 0; k < 8; k++) {
      expect(overlap[k][0]).toBeCloseTo(0.4, 14);
      expect(overlap[k][1]).toBe(overlap[k][0]);
      expect(overlap[k][2]).not.toBe(overlap[k][0]);
      expect(Math.abs(overlap[k][2] - 0.4)).toBeLessThan(0.02);
      expect(excessRisk[k][3]).toBeCloseTo(2 * (1 - overlap[k][3] ** 2), 12);
      expect(risk[k][3] - excessRisk[k][3]).toBeCloseTo(0.15, 14);
      expect(maxOverlap[k][3]).toBe(Math.abs(overlap[k][3]));
    }
    expect(result.size).toBe(300);
  });

  it("stops at its step limit and says so", async () => {
    const wild = { ...problem, network: { ...problem.network, learningRate: 0.3 } };
    const stuck = await simulateNetwork(wild, { ...simulation, stepLimit: 2000 });
    expect([...stuck.events.exitTime]).toEqual(new Array(8).fill(Infinity));
    expect(stuck.notes).toEqual([
      "the step limit of 2000 updates ended the runs at t = 2.000: 8 of 8 samples did not exit; " +
        "simulation.stepLimit 10000, or null for none, lets them go on to the end",
    ]);
    const short = await simulateNetwork(problem, { ...simulation, until: 0.5 });
    expect(short.notes[0]).toMatch(/did not exit before the end of the run, t = 0.5/);
    expect((await simulateNetwork(problem, simulation)).notes).toEqual([]);
  });

  it("leaves out the report times beyond its step limit", async () => {
    const short = { ...simulation, times: [0, 0.2, 0.4, 3], stepLimit: 1000 };
    const cut = await simulateNetwork(problem, short);
    const whole = await simulateNetwork(problem, { ...simulation, times: short.times });
    expect([...cut.time]).toEqual([0, 0.2]);
    expect([...cut.series.risk]).toEqual([...whole.series.risk.subarray(0, 2)]);
    expect(cut.until).toBeCloseTo((1000 * 0.08) / 300, 14);
    expect(cut.notes).toMatchObject([expect.stringContaining("later report times are left out")]);
  });

  it("has no limit by default, and counts updates beyond 32 bits", () => {
    const network = quadraticNetwork({ width: 2, learningRate: 0.01, dimension: 1e8 });
    const plan = planNetwork({ ...problem, network }, { ...simulation, times: [10] });
    expect(plan.limit).toBe(2e11);
    expect([...plan.reports]).toEqual([2e11]);
  });

  it.each(["exact", "vectors"] as const)("ends as a failure where SGD diverges (%s)", async (process) => {
    const network = quadraticNetwork({ learningRate: 0.3, constraint: "none", dimension: 50 });
    const wild = { ...problem, network };
    const request = { ...simulation, process, samples: 4, until: 30, seed: 1 };
    const error = await simulateNetwork(wild, { ...request, times: [30] }).catch((e) => e);
    expect(error).toBeInstanceOf(ConvergenceError);
    expect(error.message).toMatch(/sample \d grow without bound at t = .*smaller learning rate/);
    expect(error.details.reached).toBeGreaterThan(0);
    expect(error.details.reached).toBeLessThan(30);
  });

  it("counts the steps of an exit by overlap", async () => {
    const exit = { on: "maxOverlap", threshold: 0.3 } as const;
    const { events } = await simulateNetwork({ ...problem, exit }, simulation);
    const t = events.exitTime[0];
    const before = t - 0.08 / 300;
    const { curves } = await simulateNetwork(problem, {
      ...simulation,
      times: [before, t],
      keepCurves: true,
    });
    expect(curves!.maxOverlap[0][0]).toBeLessThan(0.3);
    expect(curves!.maxOverlap[0][1]).toBeGreaterThanOrEqual(0.3);
  });

  it("follows the ODE closely in a high dimension", async () => {
    const network = quadraticNetwork({
      width: 2,
      learningRate: 0.2,
      labelNoise: 0.3,
      constraint: "none",
      trainSecondLayer: true,
      dimension: 20000,
    });
    const start = {
      overlap: Float64Array.of(0.3, 0.2),
      correlation: Float64Array.of(1, 0.06, 0.06, 1),
      secondLayer: Float64Array.of(1, 1),
    };
    const times = [0.1, 0.2, 0.4];
    const theory = (await solveNetworkOde(network, start, { until: 0.4 })).sample(times);
    const found = await simulateNetwork(
      { network, start, exit: problem.exit },
      { ...simulation, samples: 16, times },
    );
    for (const name of ["risk", "overlap[0]", "correlation[0,1]", "secondLayer[1]"]) {
      for (const [k, value] of found.series[name].entries()) {
        expect(Math.abs(value - theory[name][k])).toBeLessThan(4 * found.standardError[name][k] + 1e-3);
        expect(found.standardError[name][k]).toBeLessThan(0.01);
      }
    }
  });

  it("can be interrupted inside a sample", async () => {
    const long = { ...problem, network: { ...problem.network, dimension: 1e6 } };
    const error = await simulateNetwork(long, simulation, { signal: AbortSignal.timeout(120) }).catch(
      (e) => e,
    );
    expect(error).toBeInstanceOf(InterruptedError);
  });

  it("refuses wrong values by name", async () => {
    for (const [problemChange, change, parameter] of [
      [{ network: { ...problem.network, dimension: Infinity } }, {}, "dimension"],
      [{ network: { ...problem.network, dimension: 1 } }, {}, "dimension"],
      [{ exit: { on: "risk", threshold: 0 } }, {}, "threshold"],
      [{}, { samples: 0 }, "simulation.samples"],
      [{}, { until: 0 }, "simulation.until"],
      [{}, { stepLimit: 0.5 }, "simulation.stepLimit"],
      [{}, { times: [1, 0.5] }, "simulation.times[1]"],
      [{}, { times: [11] }, "simulation.times[0]"],
      [{}, { process: "batch" as "exact" }, "simulation.process"],
    ] as const) {
      const run = simulateNetwork({ ...problem, ...problemChange }, { ...simulation, ...change });
      await expect(run).rejects.toMatchObject({ parameter });
    }
  });
});
