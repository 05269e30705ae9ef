import {
  additiveOptimum,
  bestOfFamily,
  jointOptimum,
  type MomentumOptimum,
  momentumGradient,
  momentumOptimum,
  optimalRates,
} from "../../control/random-features";
import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Optimum, Predictions } from "../../core/results";
import type { Modes, MomentumSpec } from "../../models/random-features";
import { finalExcess } from "../../volterra/random-features";
import { derive } from "../parts/derive";
import type { Report } from "../system";
import { atSteps, reached, searched } from "./answer";
import { fitMeasured, type MeasuredLaws } from "./fit";
import type { FeaturesGoal, FeaturesParameters } from "./parameters";
import { batchesOf, modesOf } from "./problem";

/** A search, and the model it is done for. */
interface Search {
  readonly parameters: FeaturesParameters;
  readonly goal: FeaturesGoal;
  readonly report: Report;
  readonly modes: Modes;
  readonly options: Options;
}

/**
 * The best schedule, for the a, b and σ² of the parameters or those of a measured curve.
 * @throws InvalidParameterError, named like `optimise.cap`; ConvergenceError and InterruptedError with the optimum so far.
 */
export async function optimise(
  parameters: FeaturesParameters,
  goal: FeaturesGoal,
  report: Report,
  options: Options = {},
): Promise<Optimum> {
  if (goal.fit === undefined) return bestSchedule(parameters, goal, report, options);
  if (typeof goal.fit === "string") {
    const allowed = "{ step, loss } with the numbers; the command line alone reads files";
    throw new InvalidParameterError("optimise.fit", goal.fit, allowed);
  }
  // A fit takes seconds, and is made again.
  const laws = await fitMeasured(parameters, goal.fit, { ...options, checkpoint: undefined }).catch(
    (error) => {
      throw error instanceof InvalidParameterError ? named(error) : error;
    },
  );
  const { targetExponent, spectrumExponent, labelNoise, phaseCertainty, notes } = laws;
  const fitted = {
    ...parameters,
    targetExponent: targetExponent.value,
    spectrumExponent: spectrumExponent.value,
    labelNoise: labelNoise.value,
  };
  return derive(bestSchedule(fitted, goal, report, options), (optimum) => ({
    ...optimum,
    values: {
      phase: targetExponent.value >= spectrumExponent.value ? "easy" : "hard",
      phaseCertainty,
      ...withInterval("targetExponent", targetExponent),
      ...withInterval("spectrumExponent", spectrumExponent),
      ...withInterval("labelNoise", labelNoise),
      ...optimum.values,
    },
    notes: [...notes, ...optimum.notes],
  }));
}

const withInterval = (name: string, { value, low, high }: MeasuredLaws["labelNoise"]): Predictions => ({
  [name]: value,
  [`${name}Low`]: low,
  [`${name}High`]: high,
});

async function bestSchedule(
  parameters: FeaturesParameters,
  goal: FeaturesGoal,
  report: Report,
  options: Options = {},
): Promise<Optimum> {
  checkUsed(parameters, goal);
  const search = { parameters, goal, report, modes: modesOf(parameters), options };
  try {
    return await METHODS[goal.dynamics](search);
  } catch (error) {
    throw error instanceof InvalidParameterError ? named(error) : error;
  }
}

/** Families that have an exponent to be given. */
const WITH_EXPONENT: readonly string[] = ["power-law", "polynomial", "warmup-stable-decay"];

/** What a search would not look at is refused. @throws InvalidParameterError */
function checkUsed({ momentum }: FeaturesParameters, { over, exponent }: FeaturesGoal): void {
  if (momentum !== null && over !== "momentum") {
    throw new InvalidParameterError("parameters.momentum", momentum, `null, unless over is "momentum"`);
  }
  if (exponent !== null && !WITH_EXPONENT.includes(over)) {
    throw new InvalidParameterError("optimise.exponent", exponent, `null where over is "${over}"`);
  }
}

const OF_THE_GOAL = ["cap", "tolerance", "over", "exponent", "dynamics"];

function named(error: InvalidParameterError): InvalidParameterError {
  if (error.parameter.startsWith("fit.")) {
    return new InvalidParameterError(`optimise.${error.parameter}`, error.value, error.allowed);
  }
  if (error.parameter.includes(".")) return error;
  const part = OF_THE_GOAL.includes(error.parameter) ? "optimise" : "parameters";
  return new InvalidParameterError(`${part}.${error.parameter}`, error.value, error.allowed);
}

const METHODS: Readonly<Record<FeaturesGoal["dynamics"], (search: Search) => Promise<Optimum>>> = {
  exact: (search) => {
    const { over } = search.goal;
    if (over === "learning-rate") return everyRate(search);
    if (over === "learning-rate-and-batch") return ratesAndBatches(search);
    return over === "momentum" ? momentum(search) : family({ ...search, over });
  },
  additive: async (search) => additive(search),
};

function everyRate({
  parameters,
  goal: { cap, tolerance },
  report,
  modes,
  options,
}: Search): Promise<Optimum> {
  const batch = batchesOf(parameters);
  return derive(
    optimalRates(modes, batch, { cap, tolerance }, options),
    ({ rate, excess, error, sweeps }) => {
      const excessOf = (which: Modes) => finalExcess(which, { rate, batch });
      const known = reached(parameters, modes, excess, excessOf, error);
      return {
        ...known,
        schedule: atSteps(report, { learningRate: rate, batchSize: batch }),
        notes: [
          `${sweeps} sweeps of coordinate descent, at most ${error.toPrecision(2)} above the least excess loss`,
          ...known.notes,
        ],
      };
    },
  );
}

function additive({ parameters, goal, report, modes }: Search): Optimum {
  const { batchSize, horizon } = parameters;
  if (goal.over !== "learning-rate") {
    throw new InvalidParameterError(
      "optimise.dynamics",
      "additive",
      '"exact", unless over is "learning-rate"',
    );
  }
  if (typeof batchSize !== "number") {
    throw new InvalidParameterError(
      "parameters.batchSize",
      batchSize,
      'a number for the dynamics "additive"',
    );
  }
  const optimum = additiveOptimum({ modes, batchSize, horizon, cap: goal.cap });
  const time = Float64Array.from(report.times);
  const excessOf = (which: Modes) =>
    additiveOptimum({ modes: which, batchSize, horizon, cap: goal.cap }).excess;
  const known = reached(parameters, modes, optimum.excess, excessOf, 0);
  return {
    ...known,
    schedule: {
      time,
      series: { learningRate: time.map(optimum.rate), batchSize: time.map(() => batchSize) },
    },
    values: {
      ...known.values,
      clock: optimum.clock,
      annealingWindow: optimum.annealingWindow,
      edgeTime: horizon - optimum.edge,
    },
    notes: [
      ...known.notes,
      "closed-form control in continuous time with noise that does not depend on the loss; edgeTime is t*, after which the clock grows by 1",
    ],
  };
}

async function family(
  search: Search & { over: Parameters<typeof bestOfFamily>[2]["family"] },
): Promise<Optimum> {
  const { parameters, goal, report, modes, options, over } = search;
  const batch = batchesOf(parameters);
  const exponent = goal.exponent ?? (over === "power-law" ? null : 2 * parameters.spectrumExponent - 1);
  const { cap, tolerance } = goal;
  const best = await bestOfFamily(modes, batch, { family: over, exponent, cap, tolerance }, options);
  const { rate, excess, amplitude, decayStart } = best;
  const known = reached(parameters, modes, excess, (which) => finalExcess(which, { rate, batch }));
  return {
    ...known,
    schedule: atSteps(report, { learningRate: rate, batchSize: batch }),
    values: {
      ...known.values,
      amplitude,
      ...(best.exponent !== undefined && { exponent: best.exponent }),
      ...(decayStart !== undefined && { decayStart: decayStart * parameters.horizon }),
    },
  };
}

async function ratesAndBatches({ parameters, goal, report, modes, options }: Search): Promise<Optimum> {
  const { horizon } = parameters;
  const { cap, tolerance } = goal;
  if (cap === null) {
    const allowed =
      "a largest rate: batches that may grow need one, or there is no optimum that SGD could follow";
    throw new InvalidParameterError("optimise.cap", cap, allowed);
  }
  const samples = batchesOf(parameters).reduce((sum, size) => sum + size, 0);
  const joint = await jointOptimum(modes, { steps: horizon, samples, cap, tolerance }, options);
  const { rate, batch, excess, settled, evaluations } = joint;
  const known = reached(parameters, modes, excess, (which) => finalExcess(which, { rate, batch }));
  return {
    ...known,
    schedule: atSteps(report, { learningRate: rate, batchSize: batch }),
    notes: [
      `${samples} examples in ${horizon} steps, as many as with batchSize`,
      searched(evaluations, settled),
      ...known.notes,
    ],
  };
}

/** From the best learning rates without momentum. */
async function momentum({ parameters, goal, report, modes, options }: Search): Promise<Optimum> {
  const { spectrumExponent, horizon } = parameters;
  const batch = batchesOf(parameters);
  const kind = parameters.momentum?.kind ?? "dana";
  const ofRates = { ...options, checkpoint: options.checkpoint?.part?.("rates") };
  const { rate } = await optimalRates(modes, batch, { cap: goal.cap, tolerance: 1e-6 }, ofRates);
  const start = startOf(kind, rate, spectrumExponent);
  const best = await momentumOptimum(
    modes,
    batch,
    { kind, start, cap: goal.cap, tolerance: goal.tolerance },
    options,
  );
  const excessOf = (which: Modes) => momentumGradient(which, best, batch).excess;
  const known = reached(parameters, modes, best.excess, excessOf);
  const learningRate = kind === "heavy-ball" ? best.accumulated : best.direct;
  return {
    ...known,
    schedule: atSteps(report, {
      learningRate,
      ...(kind === "dana" && { accumulatedRate: best.accumulated }),
      momentum: best.damping.map((value) => 1 - value),
      batchSize: batch,
    }),
    notes: [
      `${kind} with 24 knots in ln((t + 1)/(${horizon} − t)), a local minimum: the best may be lower`,
      searched(best.evaluations, best.settled),
      ...known.notes,
    ],
  };
}

/** Coefficients near plain SGD. */
function startOf(
  kind: MomentumSpec["kind"],
  rate: Float64Array,
  spectrumExponent: number,
): Pick<MomentumOptimum, "direct" | "accumulated" | "damping"> {
  if (kind === "dana") {
    return {
      direct: rate,
      accumulated: rate.map((eta, t) => 0.1 * eta * (1 + t) ** (-1 / spectrumExponent)),
      damping: rate.map((_, t) => 4 / (4 + t)),
    };
  }
  const half = rate.map((eta) => eta / 2);
  const damping = rate.map(() => 0.5);
  return kind === "heavy-ball"
    ? { direct: rate.map(() => 0), accumulated: half, damping }
    : { direct: half, accumulated: half.map((eta) => eta / 2), damping };
}
