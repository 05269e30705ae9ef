import { ConvergenceError, InterruptedError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import type { Solution } from "../../core/results";
import { randomFrame, stateOfFrame } from "../../models/quadratic-start";
import { meanCurve } from "../../numerics/statistics";
import { createStreams } from "../../numerics/streams";
import { type NetworkPath, solveNetworkOde } from "../../ode";
import { type NetworkDiffusion, solveNetworkSde } from "../../sde";
import { derive } from "../derive";
import type { QuadraticOdeMethod, QuadraticParameters, QuadraticSdeMethod } from "./parameters";
import { problemOf, requireFinite } from "./problem";

/** The deterministic equations: from one start, or as a mean over random starts. */
export async function solveOde(
  parameters: QuadraticParameters,
  { until, tolerance, samples, seed }: QuadraticOdeMethod,
  options: Options = {},
): Promise<Solution> {
  const problem = problemOf(parameters);
  const { network, start, exit } = problem;
  const method = { until, tolerance, exit, finiteDimension: parameters.finiteDimension };
  if (start !== "random") {
    return derive(solveNetworkOde(network, start, method, options), (path) => single(path, until));
  }
  requireFinite(problem, 'a random start (or give "initial")');
  const streams = createStreams(seed);
  const paths: NetworkPath[] = [];
  const whole = () => (paths.length > 0 ? average(paths, until) : undefined);
  const pacer = createPacer("order-parameter equations", samples, options, whole);
  for (let sample = 0; sample < samples; sample++) {
    const state = stateOfFrame(randomFrame(network, streams, sample), network.width);
    const work = solveNetworkOde(network, state, method, { signal: options.signal });
    paths.push(await work.catch(stopWith(whole)));
    if (pacer.due()) await pacer.pause(sample + 1);
  }
  return average(paths, until);
}

/** Passes an error on, with other finished parts. */
function stopWith(finished: () => unknown): (error: unknown) => never {
  return (error) => {
    if (error instanceof ConvergenceError) throw error.withPartial(finished());
    if (error instanceof InterruptedError) throw new InterruptedError(error.message, finished());
    throw error;
  };
}

function single(path: NetworkPath, until: number): Solution {
  const sample = (times: ArrayLike<number>) => ({
    time: Float64Array.from(times),
    series: path.sample(times),
  });
  const notes = path.exitTime === Infinity ? [`no exit before t = ${until}`] : [];
  return { ...sample(path.nodes), sample, notes, events: { exitTime: Float64Array.of(path.exitTime) } };
}

function average(paths: readonly NetworkPath[], until: number): Solution {
  const sample = (times: ArrayLike<number>) => {
    const all = paths.map((path) => path.sample(times));
    const series: Record<string, Float64Array> = {};
    const standardError: Record<string, Float64Array> = {};
    for (const name of Object.keys(all[0])) {
      const curves = all.map((curve) => curve[name]);
      if (curves.length === 1)
        [series[name], standardError[name]] = [curves[0], curves[0].map(() => Infinity)];
      else ({ mean: series[name], standardError: standardError[name] } = meanCurve(curves));
    }
    return { time: Float64Array.from(times), series, standardError };
  };
  const exitTime = Float64Array.from(paths, (path) => path.exitTime);
  return {
    ...sample(paths[0].nodes),
    sample,
    samples: paths.length,
    events: { exitTime },
    notes: [`mean over ${paths.length} random starts`, ...remarks(exitTime, until)],
  };
}

/** The equations with the noise of SGD, as a mean over paths. */
export async function solveSde(
  parameters: QuadraticParameters,
  { until, samples, seed, step, scheme, itoDrift }: QuadraticSdeMethod,
  options: Options = {},
): Promise<Solution> {
  const problem = problemOf(parameters);
  requireFinite(problem, "the noise, which is of order 1/d");
  const { network, start, exit } = problem;
  const { finiteDimension } = parameters;
  const method = { until, samples, seed, step, scheme, itoDrift, finiteDimension, exit };
  return derive(solveNetworkSde(network, start, method, options), (found) => diffusion(found, until));
}

function diffusion({ mean, exitTimes }: NetworkDiffusion, until: number): Solution {
  const sample = (times: ArrayLike<number>) => ({ time: Float64Array.from(times), ...mean.sample(times) });
  return {
    ...sample(mean.time),
    sample,
    samples: exitTimes.length,
    events: { exitTime: exitTimes },
    notes: [`mean over ${exitTimes.length} paths`, ...remarks(exitTimes, until)],
  };
}

function remarks(exits: Float64Array, until: number): string[] {
  const missing = exits.filter((t) => t === Infinity).length;
  return missing > 0 ? [`${missing} of ${exits.length} samples did not exit before t = ${until}`] : [];
}
