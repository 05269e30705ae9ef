import { describe, expect, it } from "vitest";
import { InterruptedError } from "../../../src/core/errors";
import type { TeacherStudent } from "../../../src/models/teacher-student/network";
import { type OrderPath, solveTeacherStudentOde } from "../../../src/ode/teacher-student";
import { createSchedule } from "../../../src/schedule";
import { erfPair, orderOf, referenceStart } from "../../models/teacher-student/helpers";

const trained: TeacherStudent = { ...erfPair, labelNoise: 0.2, trainSecondLayer: true };
const decaying = createSchedule({ kind: "hold-then-decay", rate: 1, switchTime: 20, exponent: 1 });
const constant = createSchedule(0.5);

describe("order parameters of a student along t", () => {
  it("carry an error that covers the true one, and is not far above the tolerance", async () => {
    const times = [1, 10, 19.9, 20, 20.1, 50, 100];
    const run = (tolerance: number) =>
      solveTeacherStudentOde(trained, referenceStart, decaying, { until: 100, tolerance });
    const exact = (await run(1e-13)).sample(times).series;
    for (const tolerance of [1e-6, 1e-8, 1e-12]) {
      const { series, error } = (await run(tolerance)).sample(times);
      for (const [name, curve] of Object.entries(series)) {
        for (const [k, value] of curve.entries()) {
          // Rounding along a run of 1e-13 adds up to 1e-12.
          expect(Math.abs(value - exact[name][k])).toBeLessThan(error![name][k] + 1e-12);
          expect(error![name][k]).toBeLessThan(1e5 * tolerance);
        }
      }
    }
  });

  it("are not begun after an abort, however wide the networks", async () => {
    let asked = 0;
    const counting = {
      ...constant,
      rate: (t: number) => {
        asked++;
        return constant.rate(t);
      },
    };
    const run = (signal?: AbortSignal) =>
      solveTeacherStudentOde(trained, referenceStart, counting, { until: 1 }, { signal });
    await run();
    const whole = asked;
    asked = 0;
    await expect(run(AbortSignal.abort())).rejects.toBeInstanceOf(InterruptedError);
    // The door and the symmetry of the start look at the rate, the derivatives of no step do.
    expect(asked).toBeLessThan(5);
    expect(whole).toBeGreaterThan(100);
  });

  it("do not depend on where the run ends, within the error", async () => {
    const run = (until: number) => solveTeacherStudentOde(trained, referenceStart, decaying, { until });
    const [short, long] = [(await run(30)).sample([7, 25]), (await run(100)).sample([7, 25])];
    for (const [name, curve] of Object.entries(short.series)) {
      for (const [k, value] of curve.entries()) {
        expect(Math.abs(value - long.series[name][k])).toBeLessThan(short.error![name][k]);
      }
    }
  });

  it("steps end at the kinks of the schedule", async () => {
    const { nodes } = await solveTeacherStudentOde(trained, referenceStart, decaying, { until: 30 });
    expect(Math.min(...nodes.map((t) => Math.abs(t - 20)))).toBeLessThan(1e-12);
  });

  it("with label noise a student that is its teacher leaves it by η²σ²(2/π)/√(1 + 2Q)", async () => {
    const one = [[1]];
    const network = { ...trained, studentWidth: 1, teacherWidth: 1, trainSecondLayer: false };
    const path = await solveTeacherStudentOde(network, orderOf(one, one, one), constant, { until: 1 });
    const h = 1e-4;
    const { "studentOverlap[0,0]": q } = path.sample([0, h, 2 * h]).series;
    const slope = (4 * q[1] - q[2] - 3 * q[0]) / (2 * h);
    expect(Math.abs(slope - (0.25 * 0.04 * 2) / Math.PI / Math.sqrt(3))).toBeLessThan(1e-7);
  });

  it("without noise the error falls, and the student of one unit finds its teacher", async () => {
    const network = { ...erfPair, studentWidth: 1, teacherWidth: 1 };
    const path = await solveTeacherStudentOde(network, orderOf([[0.5]], [[0.1]], [[1]]), constant, {
      until: 200,
      batch: Infinity,
    });
    const times = Array.from({ length: 201 }, (_, t) => t);
    const { generalisationError, "crossOverlap[0,0]": overlap } = path.sample(times).series;
    for (let k = 1; k < 60; k++) expect(generalisationError[k]).toBeLessThan(generalisationError[k - 1]);
    expect(generalisationError[200]).toBeLessThan(1e-9);
    expect(Math.abs(overlap[200] - 1)).toBeLessThan(1e-4);
    expect(path.specialisation).toBeUndefined();
  });
});

describe("the specialisation", () => {
  const separation = ({ sample }: OrderPath, t: number) => {
    const { series } = sample([t]);
    const lead = (i: number) => {
      const norm = Math.sqrt(series[`studentOverlap[${i},${i}]`][0]);
      const cosines = [0, 1].map(
        (m) => Math.abs(series[`crossOverlap[${i},${m}]`][0]) / norm / Math.sqrt([1, 1.1][m]),
      );
      return Math.abs(cosines[0] - cosines[1]) / (1 - 0.1 / Math.sqrt(1.1));
    };
    return Math.max(lead(0), lead(1));
  };

  it("is where the separation is ½, and found beyond the end of the run", async () => {
    const run = (until: number) => solveTeacherStudentOde(erfPair, referenceStart, constant, { until });
    const long = await run(200);
    const { time, error } = long.specialisation!;
    expect(Math.abs(separation(long, time) - 0.5)).toBeLessThan(1e-12);
    expect(separation(long, time - 1)).toBeLessThan(0.5);
    expect(error).toBeLessThan(1e-5);
    const short = (await run(20)).specialisation!;
    expect(Math.abs(short.time - time)).toBeLessThan(error!);
    expect(short.error).toBeUndefined();
  });

  it("is found beyond the end of the run after a start at the rate 0, where nothing seems to change", async () => {
    const warm = createSchedule({ kind: "tabulated", times: [0, 1], rates: [0, 0.5] });
    const units = [0, 1, 2, 3, 4, 5];
    const identity = units.map((i) => units.map((k) => (i === k ? 1 : 0)));
    const cross = units.map((i) => units.map((k) => (i === k ? 0.25 : 0.1)));
    const wide = { ...erfPair, studentWidth: 6, teacherWidth: 6 };
    const start = orderOf(identity, cross, identity);
    const { specialisation } = await solveTeacherStudentOde(wide, start, warm, { until: 0.5 });
    expect(specialisation).toMatchObject({ end: "event" });
  });

  it("comes later or never when the rate decays before it", async () => {
    const network = { ...erfPair };
    const decay = (switchTime: number) =>
      createSchedule({ kind: "hold-then-decay", rate: 0.5, switchTime, exponent: 0.8 });
    const at = async (switchTime: number) =>
      (await solveTeacherStudentOde(network, referenceStart, decay(switchTime), { until: 200 }))
        .specialisation!;
    const after = await at(150);
    expect(after.time).toBeCloseTo(107.697, 2);
    const before = await at(80);
    expect(before.time).toBeGreaterThan(2 * after.time);
    expect(await at(10)).toMatchObject({ time: Infinity, end: "horizon", until: 20000 });
  });
});

describe("at the door", () => {
  const solve = (network: TeacherStudent, schedule = constant, method = { until: 1 }) =>
    solveTeacherStudentOde(network, referenceStart, schedule, method);

  it.each([
    ["activation", { ...erfPair, activation: "relu" as const }],
    ["activation", { ...erfPair, activation: "linear" as const }],
    ["initial.studentOverlap", { ...erfPair, studentWidth: 3 }],
    ["labelNoise", { ...erfPair, labelNoise: -1 }],
  ])("%s is named", (name, network) => expect(solve(network)).rejects.toThrow(new RegExp(`^${name} `)));

  it("a schedule that is singular at 0, and numbers out of range", async () => {
    const singular = createSchedule({ kind: "power-law", rate: 1, exponent: 0.3, offset: 0 });
    await expect(solve(erfPair, singular)).rejects.toThrow(/^schedule\.offset /);
    await expect(solve(erfPair, constant, { until: -1 })).rejects.toThrow(/^until /);
    const batch = { until: 1, batch: 0.5 };
    await expect(solve(erfPair, constant, batch)).rejects.toThrow(/^batch /);
  });

  it("an abort hands over the path so far", async () => {
    const wide = { ...erfPair, studentWidth: 6, teacherWidth: 6 };
    const identity = Array.from({ length: 6 }, (_, i) =>
      Array.from({ length: 6 }, (_, k) => (i === k ? 1 : 0)),
    );
    const cross = identity.map((row, i) => row.map((_, k) => 0.01 * Math.sin(i + 3 * k)));
    const stop = new AbortController();
    const work = solveTeacherStudentOde(
      wide,
      orderOf(identity, cross, identity),
      constant,
      { until: 1000 },
      { signal: stop.signal, onProgress: () => stop.abort() },
    );
    const error = await work.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InterruptedError);
    const partial = (error as InterruptedError).partial as OrderPath;
    expect(partial.sample([0]).series["studentOverlap[0,0]"][0]).toBe(1);
    expect(partial.sample([0]).error).toBeUndefined();
  });
});
