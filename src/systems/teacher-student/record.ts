import { cited } from "../../core/citations";
import { learningRateSchedules } from "../parts/sources";
import { defineSystem } from "../system";
import { methods, parameters, simulation } from "./parameters";

/** A two-layer student that learns a two-layer teacher by SGD. */
export const teacherStudent = defineSystem({
  name: "teacher-student",
  title: "Two-layer student of a two-layer teacher, SGD on fresh examples or on a data set",
  parameters,
  methods,
  versions: { ode: 1, simulation: 1, predictions: 1 },
  simulation,
  quantities: [
    {
      name: "generalisationError",
      symbol: "ε_g",
      of: "time",
      meaning: "½⟨(S − T)²⟩ over inputs, without the label noise",
    },
    { name: "studentOverlap", symbol: "Q_ik", of: "time", meaning: "w_i·w_k/N" },
    { name: "crossOverlap", symbol: "R_im", of: "time", meaning: "w_i·w*_m/N" },
    { name: "secondLayer", symbol: "v_i", of: "time", meaning: "weight of the second layer, by unit" },
    {
      name: "trainingError",
      symbol: "ε_t",
      of: "time",
      meaning: "½ mean (S − y)² over the data set (simulation on a data set only)",
    },
    {
      name: "specialisationTime",
      symbol: "t_s",
      of: "run",
      meaning:
        "when a unit of the student leads by half of a full lead towards one unit of the teacher: the end of the plateau",
    },
  ],
  predictions: [],
  citations: [
    learningRateSchedules,
    cited("on-line-learning-in-soft-committee-machines", {
      authors: ["D. Saad", "S. A. Solla"],
      title: "On-line learning in soft committee machines",
      year: 1995,
      journal: "Phys. Rev. E",
      volume: "52",
      page: "4225",
    }),
  ],
  example: {
    parameters: {
      schedule: { kind: "hold-then-decay", rate: 0.5, switchTime: 10, exponent: 0.5 },
      labelNoise: 0.1,
      initial: {
        crossOverlap: [
          [0.1, 0],
          [0, 0.05],
        ],
      },
    },
    method: { until: 20 },
    simulation: { dimension: 250, samples: 10 },
    report: { times: [1, 3, 10, 20], quantities: ["generalisationError"] },
  },
  tasks: {
    "training of a student": async () =>
      (await import("../../simulate/teacher-student/simulate")).teacherStudentTask,
  },
  figures: () => import("../../figures/teacher-student"),
  load: async () => (await import("./code")).code,
});
