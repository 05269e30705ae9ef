import { describe, expect, it } from "vitest";
import { activationFunction } from "../../../src/models/teacher-student/activation";
import type { Activation } from "../../../src/models/teacher-student/network";
import { randomVectors } from "../../../src/models/teacher-student/start";
import { mean, standardError } from "../../../src/numerics/statistics";
import { createStreams } from "../../../src/numerics/streams";
import { solveTeacherStudentOde } from "../../../src/ode/teacher-student";
import { createSchedule } from "../../../src/schedule";
import { createDescent } from "../../../src/simulate/teacher-student/descent";
import { fixedExamples, freshExamples } from "../../../src/simulate/teacher-student/examples";
import { createNetwork } from "../../../src/simulate/teacher-student/network";
import type {
  TeacherStudentProblem,
  TeacherStudentSimulation,
} from "../../../src/simulate/teacher-student/problem";
import { simulateTeacherStudent } from "../../../src/simulate/teacher-student/simulate";
import { erfPair, orderOf, referenceStart } from "../../models/teacher-student/helpers";

const SEED = 20261122;
const streams = createStreams(SEED);
const weights = { studentWeights: Float64Array.of(1, 0.8), teacherWeights: Float64Array.of(1, -1) };

function makeNetwork(activation: Activation, dimension: number) {
  const shape = { ...erfPair, activation };
  return createNetwork(shape, dimension, randomVectors(shape, dimension, streams, 0), weights);
}

const problem: TeacherStudentProblem = {
  network: erfPair,
  schedule: 0.5,
  scheduleCounts: "time",
  secondLayerRate: "per-dimension",
  start: "random",
};
const simulation: TeacherStudentSimulation = {
  dimension: 20,
  dataSet: null,
  batch: 1,
  samples: 3,
  seed: SEED,
  until: 5,
  times: [0, 1, 5],
  keepCurves: true,
};
const simulate = (changes: Partial<TeacherStudentProblem>, how: Partial<TeacherStudentSimulation> = {}) =>
  simulateTeacherStudent({ ...problem, ...changes }, { ...simulation, ...how });

describe("a step", () => {
  it.each(["erf", "relu", "linear"] as const)(
    "goes down the gradient of the batch's mean loss, in both layers (%s)",
    (activation) => {
      const n = 7;
      const batch = 5;
      const network = makeNetwork(activation, n);
      const set = { dataSet: 5, batch, labelNoise: 0.3 };
      const examples = fixedExamples(network, set, streams, 0);
      const { value } = activationFunction(activation);
      const members = Array.from({ length: batch }, (_, p) => ({
        input: examples.input(p).slice(),
        label: examples.label(p),
      }));
      const loss = (rows: readonly Float64Array[], v: Float64Array) =>
        members.reduce((sum, { input, label }) => {
          const output = rows.reduce(
            (s, row, k) => s + v[k] * value(row.reduce((d, w, i) => d + w * input[i], 0) / Math.sqrt(n)),
            0,
          );
          return sum + (output - label) ** 2 / 2 / batch;
        }, 0);
      const descend = createDescent(network, examples, { activation, batch, secondLayerFactor: 0.25 });
      // A step that leaves nothing behind for the next.
      descend(0.2);
      const before = network.rows.map((row) => row.slice());
      const v = network.studentWeights.slice();
      expect(Math.abs(examples.trainingError!() - loss(before, v))).toBeLessThan(1e-14);
      descend(0.1);

      const h = 1e-5;
      for (let k = 0; k < 2; k++) {
        for (let i = 0; i < n; i++) {
          const at = (e: number) =>
            loss(
              before.map((row, r) => row.map((w, j) => (r === k && j === i ? w + e : w))),
              v,
            );
          const gradient = (at(h) - at(-h)) / (2 * h);
          expect(Math.abs(network.rows[k][i] - before[k][i] + 0.1 * gradient)).toBeLessThan(1e-9);
        }
        const at = (e: number) =>
          loss(
            before,
            v.map((x, r) => (r === k ? x + e : x)),
          );
        const gradient = (at(h) - at(-h)) / (2 * h);
        expect(Math.abs(network.studentWeights[k] - v[k] + 0.25 * 0.1 * gradient)).toBeLessThan(1e-9);
      }
    },
  );

  it("of one example is that of a batch of one", () => {
    const one = makeNetwork("erf", 9);
    const other = makeNetwork("erf", 9);
    const rule = { activation: "erf", secondLayerFactor: 0.1 } as const;
    const stepOne = createDescent(one, freshExamples(one, 0.1, streams, 4), { ...rule, batch: 1 });
    const inner = freshExamples(other, 0.1, streams, 4);
    // The same example twice.
    let input = new Float64Array(0);
    let label = 0;
    const twice = {
      next() {
        input = inner.input(0).slice();
        label = inner.label(0);
      },
      input: () => input,
      label: () => label,
    };
    const stepOther = createDescent(other, twice, { ...rule, batch: 2 });
    for (let k = 0; k < 5; k++) {
      stepOne(0.3);
      stepOther(0.3);
    }
    one.rows.forEach((row, r) => {
      row.forEach((w, i) => {
        expect(Math.abs(w - other.rows[r][i])).toBeLessThan(1e-13);
      });
    });
  });
});

describe("the batches of a data set", () => {
  const dataSet = 6;
  const network = makeNetwork("linear", 3);

  it("hold different examples, every pair as often as any other, whatever the pair before was", () => {
    const examples = fixedExamples(network, { dataSet, batch: 2, labelNoise: 0 }, streams, 1);
    const all = fixedExamples(network, { dataSet, batch: dataSet, labelNoise: 0 }, streams, 1);
    const numberOf = new Map(Array.from({ length: dataSet }, (_, p) => [all.label(p), p]));
    const counts = new Map<string, number>();
    const draws = 15_000;
    let [before, repeats] = ["", 0];
    for (let k = 0; k < draws; k++) {
      examples.next();
      const pair = [0, 1].map((member) => numberOf.get(examples.label(member))!);
      expect(pair[0]).not.toBe(pair[1]);
      const key = pair.sort().join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (key === before) repeats++;
      before = key;
    }
    expect(counts.size).toBe(15);
    const expected = draws / 15;
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    );
    // 14 degrees of freedom: 0.999 quantile.
    expect(chiSquare).toBeLessThan(36.1);
    expect(Math.abs(repeats - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  it("are the whole set in its order at full batch", () => {
    const examples = fixedExamples(network, { dataSet, batch: dataSet, labelNoise: 0 }, streams, 1);
    const labels = () => Array.from({ length: dataSet }, (_, p) => examples.label(p));
    const before = labels();
    examples.next();
    expect(labels()).toEqual(before);
  });
});

describe("simulated students", () => {
  it("say what a comparison with the equations has to mind", async () => {
    expect((await simulate({})).notes).toEqual([]);
    const { notes } = await simulate({}, { dataSet: 60, batch: 2 });
    expect(notes).toEqual([
      "examples come again from t of about 1.5 on; the equations are for fresh ones",
      "2 examples a step: the equations say the same with method.batch 2",
    ]);
  });

  it("a sample depends on its number alone", async () => {
    const three = await simulate({});
    const one = await simulate({}, { samples: 1 });
    expect(one.curves!.generalisationError[0]).toEqual(three.curves!.generalisationError[0]);
    expect(three.curves!.generalisationError[1]).not.toEqual(three.curves!.generalisationError[0]);
  });

  it("start at given order parameters", async () => {
    const { series, standardError } = await simulate({ start: referenceStart });
    expect(series["crossOverlap[1,0]"][0]).toBeCloseTo(-0.02, 14);
    expect(series["studentOverlap[0,1]"][0]).toBeCloseTo(0.05, 14);
    expect(series["studentOverlap[1,0]"][0]).toBe(series["studentOverlap[0,1]"][0]);
    expect(series["secondLayer[1]"][2]).toBe(0.8);
    expect(standardError["crossOverlap[1,0]"][0]).toBeLessThan(1e-15);
  });

  it("at full batch there is no noise: the error on the data set falls at every step", async () => {
    const how = { dataSet: 60, until: 20, times: Array.from({ length: 21 }, (_, t) => t), samples: 2 };
    const noisy = { network: { ...erfPair, labelNoise: 0.5 }, schedule: 1 };
    const falls = async (batch: number) => {
      const { curves } = await simulate(noisy, { ...how, batch });
      return curves!.trainingError.every((curve) =>
        curve.every((error, k) => k === 0 || error < curve[k - 1]),
      );
    };
    expect(await falls(60)).toBe(true);
    expect(await falls(6)).toBe(false);
  });

  it.each(["relu", "linear"] as const)(
    "%s: the error in closed form is the mean over inputs",
    async (activation) => {
      const network = { ...erfPair, activation };
      const { curves } = await simulate(
        { network },
        { dataSet: 20_000, until: 0.05, times: [0], samples: 2 },
      );
      curves!.generalisationError.forEach((curve, sample) => {
        // Relative statistical error of a mean of 20 000 squares: √(2/20 000), some more for heavy tails.
        expect(Math.abs(curves!.trainingError[sample][0] / curve[0] - 1)).toBeLessThan(0.05);
      });
    },
  );

  it("a schedule that counts steps is one of N times shorter units", async () => {
    const inTime = await simulate({
      schedule: { kind: "hold-then-decay", rate: 0.5, switchTime: 2, exponent: 0.8, unit: 1 / 20 },
    });
    const inSteps = await simulate({
      schedule: { kind: "hold-then-decay", rate: 0.5, switchTime: 40, exponent: 0.8 },
      scheduleCounts: "steps",
    });
    const [a, b] = [inTime, inSteps].map(({ series }) => series.generalisationError[2]);
    expect(Math.abs(a - b)).toBeLessThan(1e-12);
    const constant = await simulate({});
    expect(Math.abs(a - constant.series.generalisationError[2])).toBeGreaterThan(1e-3);
  });

  it("the second layer learns by η/N a step, or by η", async () => {
    const network = { ...erfPair, trainSecondLayer: true };
    const one = { until: 1 / 20, times: [0, 1 / 20] };
    const slow = await simulate({ network }, one);
    const fast = await simulate({ network, secondLayerRate: "per-step" }, one);
    const change = ({ series }: typeof slow) => series["secondLayer[0]"][1] - series["secondLayer[0]"][0];
    expect(Math.abs(change(fast) / change(slow) - 20)).toBeLessThan(1e-9);
  });

  it("a student that starts as its teacher has specialised", async () => {
    const { teacherOverlap, teacherWeights } = referenceStart;
    const perfect = {
      studentOverlap: teacherOverlap,
      crossOverlap: teacherOverlap,
      teacherOverlap,
      studentWeights: teacherWeights,
      teacherWeights,
    };
    const { events, series } = await simulate({ start: perfect });
    expect([...events!.specialisationTime]).toEqual([0, 0, 0]);
    expect(series.generalisationError[2]).toBe(0);
    const single = await simulate({ network: { ...erfPair, teacherWidth: 1 } });
    expect(single.events).toBeUndefined();
    expect([...(await simulate({ schedule: 1e-6 })).events!.specialisationTime]).toEqual([
      Infinity,
      Infinity,
      Infinity,
    ]);
  });

  it("specialise when the equations say so", async () => {
    const start = orderOf(
      [
        [1, 0],
        [0, 1],
      ],
      [
        [0.5, 0.2],
        [0.1, 0.4],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    );
    const { specialisation } = await solveTeacherStudentOde(erfPair, start, createSchedule(0.5), {
      until: 60,
    });
    const finite = await simulate({ start }, { dimension: 200, samples: 10, until: 60, times: [60] });
    const times = [...finite.events!.specialisationTime];
    expect(specialisation!.time).toBeGreaterThan(5);
    // Ten samples, and a bias of 1/N: 1 % of the time.
    const allowed = 4 * standardError(times) + 0.01 * specialisation!.time;
    expect(Math.abs(mean(times) - specialisation!.time)).toBeLessThan(allowed);
    expect(standardError(times)).toBeLessThan(0.1 * specialisation!.time);
  });

  it.each([
    ["simulation.dimension", { dimension: 3 }],
    ["simulation.batch", { batch: 0 }],
    ["simulation.batch", { dataSet: 5, batch: 6 }],
    ["simulation.dataSet", { dataSet: 2 ** 30 }],
    ["simulation.samples", { samples: 0 }],
    ["simulation.until", { until: 0.01 }],
    ["simulation.times[1]", { times: [1, 0.5] }],
  ])("%s is named at the door", (name, how) =>
    expect(simulate({}, how)).rejects.toThrow(new RegExp(`^${name.replace(/[[\].]/g, "\\$&")} `)),
  );
});
