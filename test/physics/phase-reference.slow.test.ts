import { describe, expect, it } from "vitest";
import { simulatePhaseRetrieval } from "../../src/simulate/phase-retrieval";
import { type PhaseCase, phaseCases, problemOfCase } from "../reference/phase-cases";

const SEED = 20261122;
const NAMES: Readonly<Record<string, string>> = {
  "<m>": "overlap",
  "<loss>": "trainingLoss",
  "<q>": "norm",
  delta_nu: "curvature",
};
/** Finite-size bias c/N of every quantity but the curvature, whose errors are far wider than its own. */
const BIAS = 2.5;

const simulated = phaseCases.filter(({ id }) => /^(sim|simb|inf)_/.test(id));
/** The cases that one simulation answers. */
const groups = new Map<string, PhaseCase[]>();
for (const one of simulated) {
  const key = one.id.replace(/^(sim|simb|inf)_/, "").replace(/(_N\d+)?_(m|loss|q|C0|dnu)_t[\d.]+$/, "");
  groups.set(key, [...(groups.get(key) ?? []), one]);
}

/** Their standard error stands in the text. */
const errorOf = ({ how }: PhaseCase): number => Number(how.match(/se=([\d.]+\d)/)![1]);

async function check(cases: readonly PhaseCase[], size: number, samples: number, regress = true) {
  const times = [...new Set(cases.map(({ t }) => t!))].sort((a, b) => a - b);
  const ensemble = await simulatePhaseRetrieval(problemOfCase(cases[0]), {
    size,
    samples,
    seed: SEED,
    until: times[times.length - 1],
    times,
    pairs: times.map((t) => [t, 0] as const),
    regress,
  });
  for (const one of cases) {
    const { quantity, params, value, t } = one;
    const [from, name] = quantity.startsWith("C(t,0)")
      ? [ensemble.twoTime!, "correlation"]
      : [ensemble, NAMES[quantity]];
    const k = times.indexOf(t!);
    const combined = Math.hypot(from.standardError[name][k], errorOf(one));
    const bias = name === "curvature" ? 0 : BIAS * Math.abs(1 / size - 1 / (params.N ?? Infinity));
    expect(Math.abs(from.series[name][k] - value), one.id).toBeLessThan(3 * combined + bias);
  }
}

describe("reference simulations at N = 300, within 3 combined standard errors and the finite-size bias", () => {
  it("are twelve systems", () => {
    expect(groups.size).toBe(12);
    expect([...groups.values()].flat().length).toBe(simulated.length);
  });
  it.each([...groups])("%s", (_, cases) => check(cases, 300, 60));
});

// Regression on the square of the start takes a part of the finite-size bias away, which means of the same size have too.
describe("reference simulations at their own size, without any bias", () => {
  it.each([100, 300])("gradient descent from m0 = 0.5, N = %i", (size) =>
    check(
      simulated.filter(({ id }) => id.startsWith(`sim_gd_a2_m05_N${size}_`)),
      size,
      size === 100 ? 600 : 80,
      false,
    ),
  );
});
