import { position } from "../../theory/clockwork";
import type { SystemCode } from "../system";
import type { ClockworkGoal, ClockworkMethod, ClockworkParameters } from "./parameters";

export const code: SystemCode<ClockworkParameters, ClockworkMethod> = {
  describe: ({ angle, factor }) => `x ← ${factor} e^(${angle}i) x`,

  async solve(parameters) {
    const sample = (times: ArrayLike<number>) => {
      const time = Float64Array.from(times);
      return { time, series: { height: time.map((k) => position(parameters, k).imaginary) } };
    };
    const summary = { turns: { value: (parameters.angle * parameters.horizon) / (2 * Math.PI), error: 0 } };
    return { ...sample([0, parameters.horizon]), sample, notes: [], summary };
  },

  predict: (parameters) => ({
    positions: [1, 2].map((steps) => position(parameters, steps)),
    turnMatrix: [
      [Math.cos(parameters.angle), -Math.sin(parameters.angle)],
      [Math.sin(parameters.angle), Math.cos(parameters.angle)],
    ],
  }),

  async optimise(_, goal, { times }) {
    const { steps } = goal as ClockworkGoal;
    const angle = (-0.5 * Math.PI) / steps;
    const time = Float64Array.from(times);
    return {
      schedule: { time, series: { phase: time.map((k) => k * angle) } },
      values: { angle },
      notes: [],
    };
  },
};
