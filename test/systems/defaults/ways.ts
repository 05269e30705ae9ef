/** How a system is asked for with nothing but what it demands, and by which two ways its numbers can be found. */
export interface SystemWays {
  /** The required parameters. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What a method demands, by kind; the end of the run, where nothing else says one. */
  readonly methods?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly until?: number;
  /** Independent ways to the same numbers: changes of the config. */
  readonly ways: readonly Ways[];
}

/**
 * Two methods for the same parameters, compared at these times, for these quantities or all that both have. Those of discrete steps
 * and their continuous limits are no such two; nor are errors of a step that a note says are unknown.
 */
export interface Ways {
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly methods: readonly [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>];
  readonly times: readonly number[];
  readonly pairs?: readonly (readonly [number, number])[];
  readonly quantities?: readonly string[];
}

const twoTime: readonly Ways[] = [
  {
    methods: [
      { kind: "uniform", until: 10 },
      { kind: "aging", until: 10 },
    ],
    times: [0.1, 1, 3, 10],
    pairs: [
      [10, 5],
      [3, 0.5],
      [1, 0.9],
    ],
  },
];

/** By the name of the system: every one of the registry has its entry. */
export const WAYS: Readonly<Record<string, SystemWays>> = {
  "p-spin": { parameters: { p: 3 }, until: 10, ways: twoTime },
  "spiked-matrix-tensor": {
    parameters: { matrixNoise: 0.5, tensorNoise: 1, initialOverlap: 0.2 },
    until: 10,
    ways: twoTime,
  },
  convex: {
    parameters: { schedule: 0.5 },
    methods: { sde: { until: 10 } },
    ways: [
      {
        methods: [
          { kind: "exact", until: 4 },
          { kind: "sde", until: 4, samples: 4000 },
        ],
        times: [1, 4],
      },
    ],
  },
  "spherical-sk": {
    parameters: {},
    ways: [
      {
        methods: [
          { kind: "spectral", until: 100 },
          { kind: "volterra", until: 100 },
        ],
        times: [1, 10, 100],
        pairs: [[100, 10]],
      },
    ],
  },
  "phase-retrieval": {
    parameters: { sampleRatio: 2 },
    until: 0.5,
    ways: [
      {
        methods: [
          { kind: "particles", until: 0.5 },
          { kind: "damped", until: 0.5 },
        ],
        times: [0.2, 0.5],
      },
    ],
  },
  "quadratic-network": {
    parameters: { learningRate: 0.1, dimension: 1000 },
    ways: [
      {
        methods: [
          { kind: "ode", tolerance: 1e-7 },
          { kind: "ode", tolerance: 1e-13 },
        ],
        times: [1, 5, 10],
      },
      {
        // So far from infinite that the paths differ by more than their steps, and by less than bends their mean.
        parameters: { initial: { overlap: [0.2] }, dimension: 1e5 },
        methods: [{ kind: "ode" }, { kind: "sde", scheme: "weak2" }],
        times: [0.5, 1],
        quantities: ["risk", "maxOverlap"],
      },
    ],
  },
  "teacher-student": {
    parameters: { schedule: 0.5 },
    ways: [
      {
        methods: [
          { kind: "ode", tolerance: 1e-6 },
          { kind: "ode", tolerance: 1e-13 },
        ],
        times: [1, 10, 100],
      },
    ],
  },
  "random-features": {
    parameters: { targetExponent: 1.5, spectrumExponent: 1.5, schedule: 0.1, horizon: 1000 },
    ways: [
      {
        methods: [{ kind: "recursion" }, { kind: "recursion", exactModes: 1 }],
        times: [10, 100, 1000],
      },
      {
        methods: [{ kind: "volterra" }, { kind: "volterra", tolerance: 1e-12 }],
        times: [10, 100, 1000],
      },
    ],
  },
  "label-noise-momentum": {
    parameters: { learningRate: 0.1, momentum: 0.9 },
    methods: { diffusion: { step: 10 } },
    until: 1000,
    ways: [
      {
        // Independent modes: the linear dynamics, and the closure of Gaussian weights, which they are; both without an error.
        parameters: { model: "quadratic", curvatures: [1, 0.5] },
        methods: [
          { kind: "linear", until: 1000 },
          { kind: "moment-closure", until: 1000 },
        ],
        times: [3, 30, 1000],
        quantities: ["radius"],
      },
    ],
  },
};
