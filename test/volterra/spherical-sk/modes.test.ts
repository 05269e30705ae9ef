import { describe, expect, it } from "vitest";
import { gaussLegendre } from "../../../src/numerics/gauss-legendre";
import { createSchedule } from "../../../src/schedule";
import { solveConfig } from "../../../src/systems/calls";

const schedule = { kind: "hold-then-decay", rate: 0.5, switchTime: 2, exponent: 0.5 } as const;
const [temperature, until] = [0.8, 12];

/**
 * The mean square of a mode of eigenvalue μ by the learning-rate schedules paper's (B.3), with the multiplier z of another solver: the start
 * decays or grows as exp(sign ∫η(μ − z)), and the noise that came at t″ as exp(∫_t″^t η(μ − z)). The paper prints the sign −.
 */
async function modes(t: number, sign: 1 | -1) {
  const solution = await solveConfig(
    {
      system: "spherical-sk",
      parameters: { temperature, schedule },
      method: { kind: "volterra", until, points: 1000 },
    },
    {},
  );
  const { rate, clock } = createSchedule(schedule);
  // Cells that do not straddle the kink.
  const cells = 12;
  const edges = [
    ...Array.from({ length: cells }, (_, k) => (2 * k) / cells),
    ...Array.from({ length: cells + 1 }, (_, k) => 2 + ((t - 2) * k) / cells),
  ];
  const { points: places, weights } = gaussLegendre(edges);
  const times = [...places, t];
  // ln Γ = 2∫ηz; only differences of it enter.
  const { logGamma, loss } = solution.sample(times).series;
  const last = times.length - 1;
  const square = (mu: number) => {
    const noise = Array.from(places).reduce((sum, at, k) => {
      const grown = Math.exp(2 * mu * (clock(t) - clock(at)) - (logGamma[last] - logGamma[k]));
      return sum + weights[k] * 2 * temperature * rate(at) ** 2 * grown;
    }, 0);
    return Math.exp(sign * (2 * mu * clock(t) - logGamma[last])) + noise;
  };
  // Over the semicircle, by Gauss-Chebyshev of the second kind.
  const M = 60;
  let [norm, energy] = [0, 0];
  for (let k = 1; k <= M; k++) {
    const angle = (Math.PI * k) / (M + 1);
    const [mu, weight] = [2 * Math.cos(angle), (2 * Math.sin(angle) ** 2) / (M + 1)];
    norm += weight * square(mu);
    energy -= (weight * mu * square(mu)) / 2;
  }
  return { norm, energy, loss: loss[last] };
}

describe("(B.3) of the schedules paper", () => {
  it("with the sign + makes modes whose squares add up to N, and whose loss is that of the solver", async () => {
    for (const t of [3, 12]) {
      const { norm, energy, loss } = await modes(t, 1);
      expect(norm).toBeCloseTo(1, 7);
      expect(energy).toBeCloseTo(loss, 7);
    }
  });

  it("with the printed sign does not keep the sphere", async () => {
    const { norm } = await modes(3, -1);
    expect(norm).toBeGreaterThan(10);
  });
});
