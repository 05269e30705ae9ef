import { describe, expect, it } from "vitest";
import { type DampedMethod, type DmftSolution, solveCausal, solveDamped } from "../../src/dmft";
import { phaseRetrieval } from "../../src/models/phase-retrieval/problem";
import { type PhaseCase, phaseCases } from "../reference/phase-cases";

const SEED = 20261122;
const METHOD: Omit<DampedMethod, "until"> = { trajectories: 1024, iterations: 40, runs: 3, seed: SEED };

interface SolvedCase extends PhaseCase {
  readonly run: {
    readonly config: { readonly parameters: Parameters<typeof phaseRetrieval>[0] };
    readonly select: readonly { readonly quantity: string }[];
  };
}

const nameOf = ({ id }: PhaseCase) => id.replace(/_(m|loss)_t[\d.]+$/, "");
const groups = new Map<string, SolvedCase[]>();
for (const one of phaseCases as readonly SolvedCase[]) {
  const name = nameOf(one);
  if (!one.id.startsWith("dmft_")) continue;
  groups.set(name, [...(groups.get(name) ?? []), one]);
}

/** The reference's tolerance is for an exact solution: ours has errors of its own. */
function expectCases(solution: DmftSolution, cases: readonly SolvedCase[]): void {
  for (const { id, run, t, value, tolerance } of cases) {
    const { quantity } = run.select[0];
    const { series, standardError } = solution.sample([t!]);
    const allowed = Math.hypot(tolerance, 3 * standardError![quantity][0]);
    expect(Math.abs(series[quantity][0] - value), id).toBeLessThanOrEqual(allowed);
  }
}

describe("reference values of the effective process", () => {
  it("are those of fourteen systems", () => {
    expect(groups.size).toBe(14);
    expect([...groups.values()].flat().length).toBe(48);
  });

  it.each([...groups])("%s", async (_, cases) => {
    const problem = phaseRetrieval(cases[0].run.config.parameters);
    const until = Math.max(...cases.map(({ t }) => t!));
    expectCases(await solveDamped(problem, { ...METHOD, until }), cases);
  });
});

describe("effective process", () => {
  it("by iteration and step by step agree within their errors", async () => {
    const problem = phaseRetrieval({ sampleRatio: 2, initialOverlap: 0.5, learningRate: 0.02 });
    const damped = await solveDamped(problem, { ...METHOD, until: 1, runs: 8 });
    const causal = await solveCausal(problem, { until: 1, trajectories: 2048, runs: 8, seed: "marching" });
    for (const quantity of Object.keys(damped.series)) {
      for (const k of [10, 25, 50]) {
        const distance = Math.abs(damped.series[quantity][k] - causal.series[quantity][k]);
        const error = Math.hypot(damped.standardError[quantity][k], causal.standardError[quantity][k]);
        expect(distance, `${quantity} at ${k}`).toBeLessThanOrEqual(5 * error + 1e-12);
      }
    }
  });

  it("has the same values by the projection and by the multiplier as the step goes to 0", async () => {
    const gap = async (learningRate: number) => {
      const problem = phaseRetrieval({ sampleRatio: 2, initialOverlap: 0.8, learningRate });
      const at = async (sphere: "projection" | "multiplier") =>
        (await solveDamped(problem, { ...METHOD, until: 0.2, sphere })).sample([0.2]);
      const [projected, explicit] = [await at("projection"), await at("multiplier")];
      return {
        distance: Math.abs(projected.series.overlap[0] - explicit.series.overlap[0]),
        error: Math.hypot(projected.standardError!.overlap[0], explicit.standardError!.overlap[0]),
      };
    };
    for (const learningRate of [0.02, 0.01]) {
      const { distance, error } = await gap(learningRate);
      expect(distance).toBeLessThan(learningRate + 4 * error);
    }
  });
});
