import { beforeAll, describe, expect, it } from "vitest";
import { extrapolatedCurveStatistic } from "../../src/compare";
import type { Ensemble } from "../../src/core/results";
import type { TeacherStudent } from "../../src/models/teacher-student/network";
import { solveTeacherStudentOde } from "../../src/ode/teacher-student";
import { createSchedule, type ScheduleSpec } from "../../src/schedule";
import { simulateTeacherStudent, type TeacherStudentSimulation } from "../../src/simulate/teacher-student";
import { erfPair, referenceStart } from "../models/teacher-student/helpers";
import { FAILS, PASSES } from "./finite-system";

/** Two sizes, from the start of the reference cases; their 1/N extrapolation against the equations of infinite N. */
const SIZES = [
  { dimension: 250, samples: 100 },
  { dimension: 500, samples: 50 },
];
const TIMES = [0.5, 1, 2, 3, 5, 8, 12, 17, 23, 30];

const cases: readonly (readonly [string, TeacherStudent, ScheduleSpec, number])[] = [
  ["fixed second layer", erfPair, { kind: "constant", rate: 0.5 }, 1],
  [
    "trained second layer, label noise, decay",
    { ...erfPair, labelNoise: 0.1, trainSecondLayer: true },
    { kind: "hold-then-decay", rate: 0.5, switchTime: 10, exponent: 0.5 },
    1,
  ],
  ["three examples a step", { ...erfPair, labelNoise: 0.3 }, { kind: "constant", rate: 1 }, 3],
];

describe.each(cases)("teacher and student against the finite system: %s", (_, network, schedule, batch) => {
  let ensembles: Ensemble[];

  beforeAll(async () => {
    ensembles = [];
    const problem = {
      network,
      schedule,
      scheduleCounts: "time",
      secondLayerRate: "per-dimension",
      start: referenceStart,
    } as const;
    for (const size of SIZES) {
      const simulation: TeacherStudentSimulation = {
        ...size,
        samples: Math.ceil(size.samples / batch),
        dataSet: null,
        batch,
        seed: 20261122,
        until: 30,
        times: TIMES,
        keepCurves: true,
      };
      ensembles.push(await simulateTeacherStudent(problem, simulation));
    }
  });

  const against = (quantity: string, theory: Float64Array) =>
    extrapolatedCurveStatistic(
      theory,
      ensembles.map(({ size, curves }) => ({ size, curves: curves![quantity] })),
    );
  const curves = async (rate: ScheduleSpec, examples: number) => {
    const method = { until: 30, batch: examples };
    return (await solveTeacherStudentOde(network, referenceStart, createSchedule(rate), method)).sample(TIMES)
      .series;
  };

  it("passes", async () => {
    const series = await curves(schedule, batch);
    const names = ["generalisationError", "crossOverlap[0,0]", "crossOverlap[1,0]", "studentOverlap[0,1]"];
    if (network.trainSecondLayer) names.push("secondLayer[0]");
    for (const name of names) {
      const { pValue, statistic } = against(name, series[name]);
      expect(pValue, `${name}: ${statistic}`).toBeGreaterThanOrEqual(PASSES);
    }
  });

  it("rejects the loss as printed, without its ½, and the descent without noise", async () => {
    const doubled = { ...schedule, rate: 2 * (schedule as { readonly rate: number }).rate };
    const printed = (await curves(doubled as ScheduleSpec, batch)).generalisationError;
    expect(
      against(
        "generalisationError",
        printed.map((error) => 2 * error),
      ).statistic,
    ).toBeGreaterThan(FAILS);
    const { "studentOverlap[0,0]": quiet } = await curves(schedule, Infinity);
    expect(against("studentOverlap[0,0]", quiet).statistic).toBeGreaterThan(FAILS);
  });
});
