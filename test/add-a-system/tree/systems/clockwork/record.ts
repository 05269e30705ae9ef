import { defineSystem } from "../system";
import { methods, optimise, parameters } from "./parameters";

/** What systems may be like besides: steps, no end, no simulation, complex predictions, a search of its own. */
export const clockwork = defineSystem({
  name: "clockwork",
  title: "A hand that turns",
  parameters,
  methods,
  versions: { linear: 1, predictions: 1, optimise: 1 },
  simulation: { absent: "as it is deterministic" },
  optimise,
  quantities: [
    { name: "height", symbol: "h", of: "time", meaning: "height of the hand" },
    { name: "turns", symbol: "n", of: "ensemble", meaning: "turns up to the horizon" },
  ],
  predictions: [
    { name: "positions", meaning: "after one and two steps" },
    { name: "turnMatrix", meaning: "a step as a matrix" },
  ],
  citations: [],
  example: { parameters: { angle: 0.2 } },
  timeUnit: "step",
  end: ({ horizon }) => horizon,
  tasks: {},
  load: async () => (await import("./code")).code,
});
