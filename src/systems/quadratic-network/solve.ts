import type { Options } from "../../core/options";
import type { Solution } from "../../core/results";
import { isGiven, startState } from "../../models/quadratic-network";
import { createStreams } from "../../numerics/streams";
import type { EventSearch } from "../../ode/integrate";
import { type NetworkPath, solveNetworkOde } from "../../ode/quadratic-network";
import { type NetworkDiffusion, solveNetworkSde } from "../../sde/quadratic-network";
import { asParametersLater } from "../parts/as-parameters";
import { derive } from "../parts/derive";
import { meanSeries, solveStarts } from "../parts/random-starts";
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
  if (isGiven(start)) return derive(solveNetworkOde(network, start, method, options), single);
  requireFinite(problem, 'a random start (or give "initial.overlap")');
  const streams = createStreams(seed);
  const solve = (sample: number, quiet: Options) =>
    solveNetworkOde(network, startState(network, start, streams, sample), method, quiet);
  return solveStarts({ label: "order-parameter equations", samples, solve, average }, options);
}

function single(path: NetworkPath): Solution {
  const sample = (times: ArrayLike<number>) => ({
    time: Float64Array.from(times),
    series: path.sample(times),
    ...(path.errors && { error: path.errors(times) }),
  });
  const { exitTime, exitSearch, exitError } = path;
  // A run that was stopped does not know whether there is an exit.
  const events =
    exitSearch.end === "stopped"
      ? {}
      : {
          events: { exitTime: Float64Array.of(exitTime) },
          ...(exitError !== undefined && { eventError: { exitTime: exitError } }),
        };
  return { ...sample(path.nodes), sample, notes: searchNote(exitSearch), ...events };
}

/** Why there is no exit. */
function searchNote({ end, until }: EventSearch): string[] {
  const t = rounded(until);
  switch (end) {
    case "event":
      return [];
    case "rest":
      return [`no exit: the order parameters have come to rest by t = ${t}`];
    case "divergence":
      return [`no exit: the order parameters diverge at t = ${t}`];
    default:
      return [`no exit as far as it was followed, up to t = ${t}`];
  }
}

const rounded = (t: number) => String(Number(t.toPrecision(4)));

function average(paths: readonly NetworkPath[]): Solution {
  const sample = (times: ArrayLike<number>) => {
    const errors = paths.flatMap((path) => (path.errors ? [path.errors(times)] : []));
    return {
      time: Float64Array.from(times),
      ...meanSeries(paths.map((path) => path.sample(times))),
      ...(errors.length === paths.length && { error: meanSeries(errors).series }),
    };
  };
  const exitTime = Float64Array.from(paths, (path) => path.exitTime);
  return {
    ...sample(paths[0].nodes),
    sample,
    samples: paths.length,
    events: { exitTime },
    notes: [`mean over ${paths.length} random starts`, ...searchRemarks(paths)],
  };
}

/** How far the starts without exit were followed: at least so far, or until nothing more could happen. */
function searchRemarks(paths: readonly NetworkPath[]): string[] {
  const missing = paths.map(({ exitSearch }) => exitSearch).filter(({ time }) => time === Infinity);
  if (missing.length === 0) return [];
  const open = missing.filter(({ end }) => end === "horizon").map(({ until }) => until);
  const rest = "to rest or divergence";
  const horizon = `up to t = ${rounded(Math.min(...open))} or further`;
  const followed =
    open.length === 0
      ? rest
      : open.length === missing.length
        ? horizon
        : `${rest}, ${open.length} of them ${horizon}`;
  return [`${missing.length} of ${paths.length} samples do not exit: followed ${followed}`];
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
  const work = asParametersLater(solveNetworkSde(network, start, method, options));
  return derive(work, (found) => diffusion(found, until));
}

function diffusion({ mean, exitTimes }: NetworkDiffusion, until: number): Solution {
  const sample = (times: ArrayLike<number>) => ({ time: Float64Array.from(times), ...mean.sample(times) });
  return {
    ...sample(mean.time),
    sample,
    samples: exitTimes.length,
    events: { exitTime: exitTimes },
    notes: [
      `mean over ${exitTimes.length} paths; of the length of their steps no numerical error is known`,
      ...remarks(exitTimes, until),
    ],
  };
}

function remarks(exits: Float64Array, until: number): string[] {
  const missing = exits.filter((t) => t === Infinity).length;
  return missing > 0 ? [`${missing} of ${exits.length} samples did not exit before t = ${until}`] : [];
}
