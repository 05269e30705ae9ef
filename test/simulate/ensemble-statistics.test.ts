import { describe, expect, it } from "vitest";
import { median, medianError } from "../../src/numerics/statistics";
import { createEnsemble } from "../../src/simulate/ensemble";
import { ensembleRows } from "../../src/systems/rows/results";

const frame = { time: Float64Array.of(1), size: 10, keepCurves: true };
const sample = (x: number, done: number) => ({
  series: { x: Float64Array.of(x), done: Float64Array.of(done) },
});
const report = { times: [1], pairs: [], samples: false };

describe("medians and fractions of an ensemble", () => {
  const samples = [sample(1, 0), sample(9, 1), sample(2, 0), sample(3, 1), sample(4, 1)];
  const ensemble = createEnsemble({ ...frame, medians: ["x"], fractions: ["done"] }, samples);

  it("stand beside the means", () => {
    expect(ensemble.series.x[0]).toBeCloseTo(3.8, 14);
    expect(ensemble.median!.series.x[0]).toBe(3);
    expect(Object.keys(ensemble.median!.series)).toEqual(["x"]);
    expect(ensemble.series.done[0]).toBeCloseTo(0.6, 14);
    // Wilson: √(0.24/5 + 1/100)/(1 + 1/5).
    expect(ensemble.standardError.done[0]).toBeCloseTo(Math.sqrt(0.058) / 1.2, 14);
    expect(ensemble.curves!.done.map((curve) => curve[0])).toEqual([0, 1, 0, 1, 1]);
  });

  it("know an error where none or all succeed", () => {
    const none = createEnsemble({ ...frame, fractions: ["done"] }, [sample(1, 0), sample(2, 0)]);
    expect(none.series.done[0]).toBe(0);
    expect(none.standardError.done[0]).toBeCloseTo(0.25 / 1.5, 14);
  });

  it("have one rule for the error, of series and of events", () => {
    const come = (t: number) => ({ ...sample(1, t < 5 ? 1 : 0), events: { done: t } });
    for (const times of [[Infinity, Infinity, Infinity], [1, 2, 7], [1]]) {
      const rows = ensembleRows(
        createEnsemble(
          { ...frame, fractions: ["done"] },
          times.map((t) => come(t < 5 ? t : Infinity)),
        ),
        report,
      ).filter(({ statistic }) => statistic === "fraction");
      expect(rows.length).toBe(2);
      expect(rows[0].standardError).toBeGreaterThan(0.1);
      expect(rows[1].standardError).toBeCloseTo(rows[0].standardError!, 14);
    }
  });

  it("have rows with their statistic", () => {
    const rows = ensembleRows(ensemble, report).map(({ quantity, statistic, value }) => [
      quantity,
      statistic,
      value,
    ]);
    expect(rows).toEqual([
      ["x", "mean", 3.8],
      ["done", "fraction", 0.6],
      ["x", "median", 3],
    ]);
  });

  it("are absent unless they are wanted", () => {
    const plain = createEnsemble(frame, samples);
    expect(plain.median).toBeUndefined();
    expect(plain.fractions).toBeUndefined();
  });
});

describe("median", () => {
  it("of an odd and an even number, with infinities", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 10])).toBe(3);
    expect(median([Infinity, 1, Infinity])).toBe(Infinity);
    expect(median([5])).toBe(5);
  });

  it("has the error of the ranks around it", () => {
    const values = Array.from({ length: 100 }, (_, i) => i);
    // Ranks 45 and 54 of 0 … 99.
    expect(medianError(values)).toBe(4.5);
    expect(medianError([7, 7, 7])).toBe(0);
    expect(medianError([7])).toBe(Infinity);
  });
});
