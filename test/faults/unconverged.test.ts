import { describe, expect, it } from "vitest";
import { solve } from "../../src";
import type { Progress } from "../../src/core/options";
import { runCase } from "./run-case";

const config = (iterations: number) => ({
  system: "phase-retrieval",
  parameters: { sampleRatio: 2, initialOverlap: 0.5 },
  method: { kind: "damped", until: 0.2, trajectories: 128, iterations, runs: 2, seed: 20261122 },
  report: { times: [0.2], quantities: ["overlap"] },
});

describe("an iteration that is stopped", () => {
  it("marks its rows, and says how far it came", async () => {
    const controller = new AbortController();
    const onProgress = ({ done, total }: Progress) => {
      if (done > total / 5) controller.abort();
    };
    const { exit, rows, message } = await runCase("solve", config(400), {
      signal: controller.signal,
      onProgress,
    });
    expect(exit).toBe(1);
    expect(rows.map(({ statistic }) => statistic)).toEqual(["unconverged"]);
    expect(message).toMatch(/^interrupted; finished: \d+ of 400 iterations, not converged$/);
  });

  it("has rows without a mark when it is through", async () => {
    const { exit, rows } = await runCase("solve", config(20));
    expect([exit, rows.map(({ statistic }) => statistic)]).toEqual([0, [undefined]]);
  });
});

describe("paths of the network", () => {
  it("end where an overlap leaves what vectors can have", async () => {
    const problem = {
      system: "quadratic-network",
      // So much noise that a step which the drift allows carries the overlap far beyond 1.
      parameters: { width: 1, learningRate: 0.1, labelNoise: 50, dimension: 2, initial: { overlap: [0.9] } },
    } as const;
    const method = { kind: "sde", until: 1, samples: 8, step: 0.02, seed: 20261122 } as const;
    const error = await solve(problem, method).catch((error: Error) => error);
    expect(error).toMatchObject({ name: "ConvergenceError" });
    expect((error as Error).message).toMatch(/an overlap that no vectors have/);
    const odd = await solve(problem, { ...method, step: 0.015 }).catch((error: Error) => error);
    expect((odd as Error).message).toMatch(/at t = 0\.01493\./);
  });
});
