import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../../src/core/errors";
import { type Covariance, createCovariance, pureCovariance } from "../../../src/models/covariance";
import { groundStateLoss } from "../../../src/theory/landscape/ground-state";
import { equilibria } from "../../../src/theory/spiked-matrix-tensor/branches";
import { brokenSignalStates } from "../../../src/theory/spiked-matrix-tensor/broken";
import {
  type EquilibriumState,
  equilibrium,
  signalState,
} from "../../../src/theory/spiked-matrix-tensor/equilibrium";
import { glassState } from "../../../src/theory/spiked-matrix-tensor/glass";
import { spikedCovariance } from "../../../src/theory/spiked-matrix-tensor/model";
import reference from "../../reference/spiked-statics.json";

const spiked = (p: number, matrixNoise: number, tensorNoise: number) =>
  spikedCovariance({ p, matrixNoise, tensorNoise });
const log = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const model = fc
  .tuple(fc.constantFrom(3, 4, 6, 10), log(0.1, 5), log(0.01, 20))
  .map(([p, matrixNoise, tensorNoise]) => spiked(p, matrixNoise, tensorNoise));
const temperature = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0.02, max: 1.6, noNaN: true }));

describe("reference values of the equilibrium", () => {
  const quantities: Record<string, (state: EquilibriumState) => number> = {
    overlap: (state) => state.overlap,
    selfOverlap: (state) => state.selfOverlap,
    loss: (state) => state.loss,
    matrixLoss: (state) => state.channelLosses[0],
    tensorLoss: (state) => state.channelLosses[1],
  };
  it.each(reference.equilibrium)("$id", ({ p, matrixNoise, tensorNoise, quantity, value, ...row }) => {
    const state = equilibrium(spiked(p, matrixNoise, tensorNoise), row.temperature);
    expect(Math.abs(quantities[quantity](state) - value)).toBeLessThanOrEqual(row.tolerance);
  });
});

describe("replica-symmetric solutions", () => {
  it("satisfy the saddle-point equations and the loss formula", () => {
    fc.assert(
      fc.property(model, fc.double({ min: 0.02, max: 1.6, noNaN: true }), (Q, T) => {
        for (const { overlap: m, selfOverlap: q, loss } of equilibria(Q, T)) {
          const chi = (1 - q) / T;
          expect(Math.abs(m - chi * Q.first(m))).toBeLessThan(1e-11 * (1 + chi * Q.second(m)));
          expect(Math.abs(q - m * m - chi * chi * Q.first(q))).toBeLessThan(
            1e-10 * (1 + chi * chi * Q.second(1)),
          );
          expect(loss).toBeCloseTo(-(Q.value(1) - Q.value(q)) / T - Q.value(m), 9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are all found: as many as sign changes on a grid of 200000 points, at the same places", () => {
    fc.assert(
      fc.property(model, temperature, (Q, T) => {
        const found = equilibria(Q, T)
          .map((state) => state.overlap)
          .filter((m) => m > 0);
        // The equation without any substitution: q from the first line, residual of the second.
        const residual = (m: number) => {
          const q = T === 0 ? 1 : 1 - (T * m) / Q.first(m);
          return q < 0 ? Number.NaN : (q - m * m) * (Q.first(m) / m) ** 2 - Q.first(q);
        };
        const cells = 200000;
        const roots: number[] = [];
        for (let k = 1; k < cells; k++) {
          const [a, b] = [residual((k - 0.5) / cells), residual((k + 0.5) / cells)];
          if (a > 0 !== b > 0 && !Number.isNaN(a) && !Number.isNaN(b)) roots.push(k / cells);
        }
        expect(found.filter((m) => m > 1 / cells).length).toBe(roots.length);
        roots.forEach(
          (m, k) => void expect(Math.abs(found[found.length - roots.length + k] - m)).toBeLessThan(1e-5),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("are found in pairs just before they merge, and not after: p = 3, T = 1", () => {
    // m = (1−m)(m/Δ2 + m²/Δp) loses its roots at (1/Δp − 1/Δ2)² = 4(1 − 1/Δ2)/Δp; for Δ2 = 2 at 1/Δp = (3 + √8)/2.
    const merging = (3 + Math.sqrt(8)) / 2;
    const nishimori = (strength: number) =>
      equilibria(spiked(3, 2, 1 / strength), 1).filter(
        (state) => state.overlap > 0 && Math.abs(state.overlap - state.selfOverlap) < 1e-6,
      );
    const [low, high] = nishimori(merging * (1 + 1e-9));
    expect(high.overlap - low.overlap).toBeGreaterThan(0);
    expect(high.overlap - low.overlap).toBeLessThan(1e-4);
    expect([low.isMinimum, high.isMinimum]).toEqual([false, true]);
    expect(nishimori(merging * (1 - 1e-9))).toEqual([]);
  });

  it("beside the Nishimori states at T = 1 are no minima", () => {
    const states = equilibria(spiked(3, 2.248746229197181, 0.08055493740764394), 1);
    const signal = states.filter((state) => state.overlap > 0);
    expect(signal.length).toBe(4);
    for (const { overlap, selfOverlap, isMinimum } of signal) {
      expect(isMinimum && Math.abs(overlap - selfOverlap) > 1e-9).toBe(false);
    }
  });

  it("have q = m and loss = −Q(1) on the stable branch at T = 1", () => {
    fc.assert(
      fc.property(model, (Q) => {
        for (const state of equilibria(Q, 1).filter((s) => s.overlap > 0.01 && s.isMinimum)) {
          expect(state.selfOverlap).toBeCloseTo(state.overlap, 9);
          expect(state.loss).toBeCloseTo(-Q.value(1), 9);
          expect(state.replicon).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("go to T = 0 linearly in T", () => {
    const Q = spiked(3, 0.2, 6);
    const cold = equilibrium(Q, 0);
    const errors = [1e-4, 1e-5, 1e-6].map((T) => equilibrium(Q, T).overlap - cold.overlap);
    expect(errors[0] / errors[1]).toBeCloseTo(10, 1);
    expect(errors[1] / errors[2]).toBeCloseTo(10, 1);
    expect(equilibrium(Q, 1e-9).loss).toBeCloseTo(cold.loss, 8);
  });

  it("of the pure matrix: m² = 1 − Δ2 at T = 0", () => {
    const Q = createCovariance([{ p: 2, variance: 1 / 0.4 }]);
    expect(equilibrium(Q, 0).overlap).toBeCloseTo(Math.sqrt(0.6), 12);
    expect(equilibrium(Q, 0).loss).toBeCloseTo(-(1 + 0.4) / (2 * 0.4), 12);
  });
});

describe("free energy", () => {
  const thermal: [string, Covariance, number][] = [
    ["symmetric signal", spiked(3, 0.2, 6), 0.5],
    ["broken signal", spiked(3, 0.9, 1.2), 0.3],
    ["glass", spiked(3, 2, 3), 0.4],
    ["paramagnet", spiked(4, 2, 3), 1.2],
  ];
  it.each(thermal)("loss is d(f/T)/d(1/T): %s", (_name, Q, T) => {
    const h = 1e-4;
    const over = (b: number) => b * equilibrium(Q, 1 / b).freeEnergy;
    expect((over(1 / T + h) - over(1 / T - h)) / (2 * h)).toBeCloseTo(equilibrium(Q, T).loss, 6);
  });

  it("broken states take over where the replicon is 0, with the same values", () => {
    // On this line the replicon of the symmetric state passes 0 near Δp = 11.3.
    const symmetric = equilibria(spiked(3, 0.9, 11), 0).findLast((state) => state.isMinimum)!;
    const broken = brokenSignalStates(spiked(3, 0.9, 11), 0)[0];
    expect(symmetric.replicon).toBeLessThan(0);
    expect(symmetric.replicon).toBeGreaterThan(-0.01);
    expect(broken.freeEnergy).toBeGreaterThan(symmetric.freeEnergy);
    expect(broken.freeEnergy - symmetric.freeEnergy).toBeLessThan(1e-6);
    expect(broken.overlap).toBeCloseTo(symmetric.overlap, 2);
    expect(brokenSignalStates(spiked(3, 0.9, 12), 0)).toEqual([]);
  });

  it("broken states satisfy their four conditions", () => {
    for (const [Q, T] of [
      [spiked(3, 0.9, 1.2), 0.3],
      [spiked(4, 0.8, 1), 0.2],
    ] as const) {
      const [{ overlap: m, selfOverlap: q, lowestOverlap: q0, totalResponse: chi0, breakpoint: x }] =
        brokenSignalStates(Q, T);
      expect(chi0 * Q.first(m)).toBeCloseTo(m, 10);
      expect(m * m + chi0 ** 2 * Q.first(q0)).toBeCloseTo(q0, 10);
      expect((1 - q + x * (q - q0)) / T).toBeCloseTo(chi0, 10);
      expect(((1 - q) / T) * chi0 * (Q.first(q) - Q.first(q0))).toBeCloseTo(q - q0, 10);
    }
  });
});

describe("the state without signal", () => {
  it("is the ground state at T = 0 where one step is exact, and a bound elsewhere", () => {
    for (const Q of [pureCovariance(3), pureCovariance(6), spiked(3, 0.5, 1)]) {
      expect(glassState(Q, 0).loss).toBeCloseTo(groundStateLoss(Q), 10);
    }
    const partly = spiked(4, 0.5, 1);
    expect(glassState(partly, 0).loss).toBeLessThan(groundStateLoss(partly));
    expect(groundStateLoss(partly) - glassState(partly, 0).loss).toBeLessThan(2e-4);
  });

  it("freezes at the static temperature of the pure model with x = 1 and a jump of q", () => {
    // The known 0.5860 for covariance q³/2, times sqrt(2/3) for q³/3: 0.4785.
    expect(glassState(pureCovariance(3), 0.4783).breakpoint).toBeCloseTo(1, 2);
    expect(glassState(pureCovariance(3), 0.4783).selfOverlap).toBeGreaterThan(0.6);
    expect(glassState(pureCovariance(3), 0.4788).selfOverlap).toBe(0);
  });

  it("is the continuous glass of the pure matrix, q = 1 − T", () => {
    const state = glassState(createCovariance([{ p: 2, variance: 1 }]), 0.3);
    expect(state.selfOverlap).toBeCloseTo(0.7, 12);
    expect(state.breakpoint).toBe(0);
  });

  it("is the paramagnet wherever it is the equilibrium at T = 1, as inference demands", () => {
    fc.assert(
      fc.property(model, (Q) => {
        const state = equilibrium(Q, 1);
        if (state.overlap === 0) expect(state.selfOverlap).toBe(0);
      }),
    );
  });

  it("is left for the signal wherever a small overlap lowers its free energy (p = 3)", () => {
    fc.assert(
      fc.property(log(0.3, 3), log(0.1, 20), temperature, (matrixNoise, tensorNoise, T) => {
        const Q = spiked(3, matrixNoise, tensorNoise);
        if (Q.second(0) * glassState(Q, T).totalResponse > 1 + 1e-6) {
          expect(equilibrium(Q, T).overlap).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe("the door", () => {
  it("names what is wrong", () => {
    expect(() => spiked(2, 1, 1)).toThrow(new InvalidParameterError("p", 2, "an integer from 3 to 1000"));
    expect(() => spiked(3, 0, 1)).toThrow(/^matrixNoise is 0/);
    expect(() => spiked(3, 1, Number.NaN)).toThrow(/^tensorNoise is NaN/);
    for (const f of [equilibria, equilibrium, signalState, glassState, brokenSignalStates]) {
      expect(() => f(spiked(3, 1, 1), -1)).toThrow(/^temperature is -1/);
    }
  });
});
