import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import { kernelLayer, useKernels } from "../../src/kernels";
import { createStreams, PURPOSES } from "../../src/numerics/streams";
import { exactNormals, exactWords } from "../kernels/suite/exact-random";

const SEED = 20261122;

describe("createStreams", () => {
  it("keeps the numbers of the purposes", () => {
    expect(PURPOSES).toEqual({
      disorder: 0,
      start: 1,
      noise: 2,
      batch: 3,
      data: 4,
      bootstrap: 5,
      perturbation: 6,
      response: 7,
    });
  });

  it("hashes a seed to a key that never changes; a number and its text are the same seed", () => {
    expect(createStreams(SEED).key).toEqual([3942601191, 2803386578]);
    expect(createStreams("20261122").key).toEqual(createStreams(SEED).key);
    expect(createStreams("another").key).not.toEqual(createStreams(SEED).key);
  });

  it("maps draw k onto counter (k, purpose, sample, block): integers, uniforms, normals", () => {
    const streams = createStreams(SEED);
    const stream = streams.stream("data", 17, 3);
    const out = new Float64Array(2);
    for (const k of [0, 1, 2 ** 31 + 5, 2 ** 32 - 1]) {
      const [key0, key1] = streams.key;
      const words = exactWords({ key0, key1, purpose: PURPOSES.data, sample: 17, block: 3 }, k);
      stream.seek(k);
      expect([0, 1, 2, 3].map(() => stream.nextUint32())).toEqual(words);
      const uniform = (high: number, low: number) =>
        Number((BigInt(high) >> 5n) * 2n ** 26n + (BigInt(low) >> 6n)) / 2 ** 53;
      const u = uniform(words[0], words[1]);
      const v = uniform(words[2], words[3]);
      stream.seek(k);
      stream.fillUniform(out);
      expect(Array.from(out)).toEqual([u, v]);
      stream.seek(k);
      stream.fillNormal(out);
      for (const [i, exact] of exactNormals(words).entries()) {
        expect(Math.abs(out[i] - exact)).toBeLessThanOrEqual(1e-15 * Math.abs(exact));
      }
    }
  });

  it("starts every fill at a whole draw and touches only its range", () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), fc.nat(5), (from, length, words) => {
        const whole = createStreams(SEED).stream("noise", 1);
        const stream = createStreams(SEED).stream("noise", 1);
        for (let i = 0; i < words; i++) stream.nextUint32();
        const start = Math.ceil(words / 4);
        expect(stream.position()).toBe(start);
        const out = new Float64Array(20).fill(-9);
        stream.fillNormal(out, from, from + length);
        expect(stream.position()).toBe(start + Math.ceil(length / 2));
        const all = new Float64Array(40);
        whole.fillNormal(all);
        expect(Array.from(out.subarray(from, from + length))).toEqual(
          Array.from(all.subarray(2 * start, 2 * start + length)),
        );
        expect(out.filter((value) => value === -9)).toHaveLength(20 - length);
        // What a fill leaves of its last draw is dropped too.
        const next = stream.position();
        const word = stream.nextUint32();
        whole.seek(next);
        expect(word).toBe(whole.nextUint32());
      }),
    );
  });

  it("gives different numbers to other purposes, samples, blocks and seeds", () => {
    const first = (stream: { nextUint32(): number }) => stream.nextUint32();
    const values = [
      first(createStreams(SEED).stream("noise", 0)),
      first(createStreams(SEED).stream("start", 0)),
      first(createStreams(SEED).stream("noise", 1)),
      first(createStreams(SEED).stream("noise", 0, 1)),
      first(createStreams(SEED + 1).stream("noise", 0)),
    ];
    expect(new Set(values).size).toBe(values.length);
  });

  it("draws integers below any bound with equal chances", () => {
    const stream = createStreams(SEED).stream("bootstrap", 0);
    const below = 7;
    const draws = 70_000;
    const counts = new Float64Array(below);
    for (let i = 0; i < draws; i++) counts[stream.integer(below)]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - draws / below) ** 2 / (draws / below), 0);
    expect(chiSquare).toBeLessThan(22.46); // 0.1 % point of χ² with 6 degrees of freedom
  });

  it("passes over the words that would bias an integer", () => {
    const below = 3 * 2 ** 30; // a quarter of all words lies above it
    const words = createStreams(SEED).stream("batch", 0);
    const stream = createStreams(SEED).stream("batch", 0);
    const kept = Array.from({ length: 400 }, () => words.nextUint32()).filter((word) => word < below);
    expect(kept.length).toBeLessThan(350);
    expect(kept.map(() => stream.integer(below))).toEqual(kept);
  });

  it("has normals with the moments, tails and independence of standard normals", () => {
    const count = 1_000_000;
    const x = new Float64Array(count);
    createStreams(SEED).stream("noise", 0).fillNormal(x);
    const average = (f: (value: number, i: number) => number) =>
      x.reduce((sum, v, i) => sum + f(v, i), 0) / count;
    // Each tolerance is 4 standard deviations of the average of that quantity.
    const within = 4 / Math.sqrt(count);
    expect(Math.abs(average((v) => v))).toBeLessThan(within);
    expect(Math.abs(average((v) => v * v) - 1)).toBeLessThan(within * Math.sqrt(2));
    expect(Math.abs(average((v) => v ** 3))).toBeLessThan(within * Math.sqrt(15));
    expect(Math.abs(average((v) => v ** 4) - 3)).toBeLessThan(within * Math.sqrt(96));
    expect(Math.abs(average((v) => (Math.abs(v) > 3 ? 1 : 0)) - 0.0026998)).toBeLessThan(
      within * Math.sqrt(0.0027),
    );
    for (const lag of [1, 2, 3]) {
      expect(Math.abs(average((v, i) => v * x[(i + lag) % count]))).toBeLessThan(within);
      expect(Math.abs(average((v, i) => (v * v - 1) * (x[(i + lag) % count] ** 2 - 1)))).toBeLessThan(
        2 * within,
      );
    }
  });

  it("gives every draw the same numbers, whatever was drawn before and in what pieces", () => {
    const whole = new Float64Array(4000);
    const halves = new Float64Array(4000);
    createStreams(SEED).stream("noise", 5).fillNormal(whole);
    createStreams(SEED).stream("noise", 5).fillUniform(halves);
    const act = fc.tuple(
      fc.constantFrom("normal", "uniform", "word", "seek"),
      fc.oneof(fc.nat(20), fc.nat(1200)),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const stream = createStreams(SEED).stream("noise", 5);
        let draw = 0;
        for (const [kind, size] of acts) {
          if (kind === "seek" || draw + size > 2000) stream.seek((draw = size));
          const out = new Float64Array(Math.min(size, 2 * (2000 - draw)));
          if (kind === "normal" || kind === "uniform") {
            stream[kind === "normal" ? "fillNormal" : "fillUniform"](out);
            const all = kind === "normal" ? whole : halves;
            expect(out).toEqual(all.slice(2 * draw, 2 * draw + out.length));
            draw += Math.ceil(out.length / 2);
          }
          if (kind === "word") {
            stream.seek(draw);
            const high = stream.nextUint32() >>> 5;
            expect(high * 2 ** 26 + (stream.nextUint32() >>> 6)).toBe(halves[2 * draw] * 2 ** 53);
            draw++;
          }
          expect(stream.position()).toBe(draw);
        }
      }),
    );
  });

  it("goes on with the same numbers when another layer of the kernels is chosen", () => {
    const chosen = kernelLayer();
    const [one, two] = [new Float64Array(3000), new Float64Array(3000)];
    createStreams(SEED).stream("noise", 5).fillNormal(one);
    const stream = createStreams(SEED).stream("noise", 5);
    stream.fillNormal(two, 0, 700);
    useKernels("plain");
    stream.fillNormal(two, 700, 2000);
    useKernels(chosen);
    stream.fillNormal(two, 2000);
    expect(two).toEqual(one);
  });

  it("refuses what makes no sense, by name", () => {
    const streams = createStreams(1);
    const stream = streams.stream("noise", 0);
    const refusals: [string, () => unknown][] = [
      ["seed", () => createStreams(Number.NaN)],
      ["purpose", () => streams.stream("luck" as "noise", 0)],
      ["sample", () => streams.stream("noise", -1)],
      ["block", () => streams.stream("noise", 0, 2 ** 32)],
      ["below", () => stream.integer(0)],
      ["drawIndex", () => stream.seek(0.5)],
      ["from, to", () => stream.fillNormal(new Float64Array(3), 0, 4)],
    ];
    for (const [parameter, act] of refusals) {
      expect(act).toThrow(InvalidParameterError);
      expect(act).toThrow(parameter);
    }
    stream.seek(2 ** 32 - 1);
    expect(() => stream.fillNormal(new Float64Array(3))).toThrow("another block");
  });
});
