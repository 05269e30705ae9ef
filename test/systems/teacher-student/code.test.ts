import { describe, expect, it } from "vitest";
import { simulate, solve } from "../../../src/systems/calls";
import { parseConfig } from "../../../src/systems/config/config";
import { reportOf } from "../../../src/systems/config/report-of";
import { ensembleRows, solutionRows } from "../../../src/systems/rows/results";
import { teacherStudent } from "../../../src/systems/teacher-student/record";

const crossOverlap = [
  [0.1, 0],
  [0, 0.05],
];
const parameters = { schedule: 0.5, initial: { crossOverlap } };
const problem = { system: "teacher-student", parameters } as const;

async function rowsOf(config: object) {
  const checked = parseConfig({ system: "teacher-student", ...config }, "solve");
  const code = await checked.system.load();
  return solutionRows(await code.solve(checked.parameters, checked.method), reportOf("solve", checked));
}

describe("the teacher and its student as a system", () => {
  it("says of a schedule what is allowed of its kind alone", () => {
    const schedule = { kind: "steps", rate: 0.5, factor: 0.5, times: [0] };
    expect(() => parseConfig({ system: "teacher-student", parameters: { schedule } }, "solve")).toThrow(
      /allowed: a number above 0$/,
    );
  });

  it("theory and simulation report the same quantities, the data set's error apart", async () => {
    const theory = await solve(problem, { until: 2 });
    const finite = await simulate(problem, {
      dimension: 20,
      samples: 2,
      until: 2,
      dataSet: 30,
      times: [1, 2],
    });
    const names = Object.keys(theory.sample([1]).series);
    expect(Object.keys(finite.series)).toEqual([...names, "trainingError"]);
    const known = teacherStudent.quantities.map(({ name }) => name as string);
    for (const name of names) expect(known).toContain(name.replace(/\[.*/, ""));
    expect(Object.keys(theory.events!)).toEqual(["specialisationTime"]);
    const rows = ensembleRows(finite, { times: [1, 2], pairs: [], samples: false });
    expect(rows.filter(({ quantity }) => quantity === "studentOverlap")).toHaveLength(8);
  });

  it("missing parts of a start are the identity and ones", async () => {
    const { series } = (await solve(problem, { until: 1 })).sample([0]);
    expect(series["studentOverlap[0,1]"][0]).toBe(0);
    expect(series["studentOverlap[1,1]"][0]).toBe(1);
    expect(series["secondLayer[1]"][0]).toBe(1);
    expect(series["crossOverlap[1,1]"][0]).toBe(0.05);
  });

  it("a start that is alike to all units of the teacher never specialises, and stays so exactly", async () => {
    const symmetric = {
      crossOverlap: [
        [0.1, 0.1],
        [0.1, 0.1],
      ],
    };
    const { events, notes, series } = await solve(
      { system: "teacher-student", parameters: { ...parameters, initial: symmetric } },
      { until: 2000 },
    );
    expect([...events!.specialisationTime]).toEqual([Infinity]);
    expect(notes).toEqual([expect.stringMatching(/alike to all units of the teacher/)]);
    expect(series["crossOverlap[1,0]"]).toEqual(series["crossOverlap[1,1]"]);
  });

  it("an unknown part of a start is named, with the nearest one", async () => {
    const wrong = { system: "teacher-student", parameters: { schedule: 0.5, initial: { crosOverlap: 1 } } };
    expect(() => parseConfig(wrong, "solve")).toThrow(
      /parameters\.initial\.crosOverlap is not known; did you mean "crossOverlap"/,
    );
  });

  it("a simulation reports the times its steps have", async () => {
    const simulation = { dimension: 20, samples: 1, until: 1, times: [0.1, 0.33, 1], seed: 20261122 };
    expect([...(await simulate(problem, simulation)).time]).toEqual([0.1, 0.35, 1]);
  });

  it("a start that has specialised already has done so at 0, without error", async () => {
    const initial = {
      crossOverlap: [
        [0.9, 0],
        [0, 0.9],
      ],
    };
    const { events, eventError, notes } = await solve(
      { system: "teacher-student", parameters: { ...parameters, initial } },
      { until: 5 },
    );
    expect([...events!.specialisationTime]).toEqual([0]);
    expect(eventError).toEqual({ specialisationTime: 0 });
    expect(notes).toEqual([]);
  });

  it("says how well the specialisation is known, or why there is none", async () => {
    const config = { parameters, report: { times: [1], quantities: ["specialisationTime"] } };
    const [row] = await rowsOf({ ...config, method: { until: 300 } });
    expect(row.quantity).toBe("specialisationTime");
    expect(row.value).toBeGreaterThan(20);
    const { error } = row as { error: number };
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(1e-2);
    const fine = await rowsOf({ ...config, method: { until: 300, tolerance: 1e-11 } });
    expect(Math.abs(Number(row.value) - Number(fine[0].value))).toBeLessThanOrEqual(error);
    const notes = async (changes: object, until: number) =>
      (await solve({ system: "teacher-student", parameters: { ...parameters, ...changes } }, { until }))
        .notes;
    expect(await notes({}, 300)).toEqual([]);
    expect(await notes({}, 2)).toEqual([expect.stringMatching(/beyond the end of the run/)]);
    const early = { kind: "hold-then-decay", rate: 0.5, switchTime: 1, exponent: 1 };
    expect(await notes({ schedule: early }, 10)).toEqual([
      "no specialisation as far as it was looked for, up to t = 1000",
    ]);
    const single = { teacherWidth: 1, initial: { crossOverlap: [[0.1], [0]] } };
    expect(await notes(single, 10)).toEqual([
      "no specialisationTime: the teacher has no units to choose between",
    ]);
    const alike = {
      initial: {
        crossOverlap: [
          [0.1, 0.1],
          [0.1, 0.1],
        ],
      },
    };
    // Units that are exactly alike stay so for ever.
    expect((await notes(alike, 10))[0]).toMatch(/^no specialisation/);
  });

  it("random starts are those of the simulation with the same seed", async () => {
    const random = { system: "teacher-student", parameters: { schedule: 0.5, teacherWidth: 3 } } as const;
    const how = { dimension: 20, samples: 2, seed: 20261122, until: 1 };
    const theory = (await solve(random, how)).sample([0, 1]);
    const finite = await simulate(random, { ...how, times: [0, 1] });
    for (const [name, curve] of Object.entries(theory.series)) {
      expect(Math.abs(curve[0] - finite.series[name][0])).toBeLessThan(1e-13);
    }
    expect(theory.standardError!.generalisationError[1]).toBeGreaterThan(0);
    expect(theory.error!.generalisationError[1]).toBeLessThan(1e-7);
  });

  it.each([
    ["parameters.activation", { activation: "relu" }],
    ["parameters.activation", { activation: "linear" }],
    ["parameters.scheduleCounts", { scheduleCounts: "steps" }],
    ["parameters.secondLayerRate", { secondLayerRate: "per-step", trainSecondLayer: true }],
    ["parameters.secondLayerRate", { secondLayerRate: "per-step" }],
    ["parameters.schedule.offset", { schedule: { kind: "power-law", rate: 1, exponent: 0.4, offset: 0 } }],
    ["parameters.initial.studentOverlap", { initial: { crossOverlap, studentOverlap: [[1]] } }],
    ["parameters.initial.crossOverlap", { initial: { crossOverlap: [[1, 0], [0]] } }],
    [
      "parameters.initial.crossOverlap",
      {
        initial: {
          crossOverlap: [
            [1, 1],
            [0, 0],
          ],
        },
      },
    ],
    [
      "parameters.initial.teacherOverlap",
      {
        initial: {
          crossOverlap,
          teacherOverlap: [
            [1, 2],
            [2, 1],
          ],
        },
      },
    ],
    ["parameters.initial.studentWeights", { initial: { crossOverlap, studentWeights: [1] } }],
    ["parameters.initial.teacherWeights", { initial: { crossOverlap, teacherWeights: [1, 2, 3] } }],
    ["parameters.studentWidth", { studentWidth: 0 }],
  ])("%s is named, for the equations", (name, changes) =>
    expect(rowsOf({ parameters: { ...parameters, ...changes } })).rejects.toThrow(
      new RegExp(`^${name.replaceAll(".", "\\.")} `),
    ),
  );

  it("what the equations cannot do is simulated", async () => {
    for (const changes of [
      { activation: "relu" },
      { activation: "linear" },
      { scheduleCounts: "steps" },
      { secondLayerRate: "per-step", trainSecondLayer: true },
    ] as const) {
      const finite = await simulate(
        { system: "teacher-student", parameters: { ...parameters, ...changes } },
        { dimension: 10, samples: 2, until: 1, times: [1] },
      );
      expect(finite.series.generalisationError[0]).toBeGreaterThan(0);
    }
  });
});
