import type { Options } from "../../core/options";
import type { Solution } from "../../core/results";
import { orderOfVectors, randomVectors } from "../../models/teacher-student";
import { createStreams } from "../../numerics/streams";
import { equationSeconds, type OrderPath, solveTeacherStudentOde } from "../../ode/teacher-student";
import { createSchedule } from "../../schedule";
import { asParametersLater } from "../parts/as-parameters";
import { derive } from "../parts/derive";
import { meanSeries, solveStarts } from "../parts/random-starts";
import type { TeacherStudentMethod, TeacherStudentParameters } from "./parameters";
import { problemOf, requireEquations } from "./problem";

/** The order-parameter equations: from one start, or as a mean over random starts. */
export async function solve(
  parameters: TeacherStudentParameters,
  { until, tolerance, batch, dimension, samples, seed }: TeacherStudentMethod,
  options: Options = {},
): Promise<Solution> {
  requireEquations(parameters);
  const { network, start } = problemOf(parameters);
  const schedule = createSchedule(parameters.schedule, "parameters.schedule");
  const method = { until, tolerance, batch: batch ?? Infinity };
  if (start !== "random") {
    const work = asParametersLater(solveTeacherStudentOde(network, start, schedule, method, options));
    return derive(work, single);
  }
  const streams = createStreams(seed);
  const solveOne = (sample: number, quiet: Options) => {
    const order = orderOfVectors(network, dimension, randomVectors(network, dimension, streams, sample));
    return solveTeacherStudentOde(network, order, schedule, method, quiet);
  };
  const seconds = equationSeconds(network);
  const starts = { label: "order-parameter equations", samples, seconds, solve: solveOne, average };
  return asParametersLater(solveStarts(starts, options));
}

function single(path: OrderPath): Solution {
  const { specialisation } = path;
  const sample = (times: ArrayLike<number>) => ({ time: Float64Array.from(times), ...path.sample(times) });
  // A run that was stopped does not know whether there is a specialisation.
  const known = specialisation && specialisation.end !== "stopped";
  return {
    ...sample(path.nodes),
    sample,
    notes: searchNotes(specialisation),
    ...(known && { events: { specialisationTime: Float64Array.of(specialisation.time) } }),
    ...(known &&
      specialisation.error !== undefined && { eventError: { specialisationTime: specialisation.error } }),
  };
}

/** Why the error of the specialisation is not known, or why there is none. */
function searchNotes(search: OrderPath["specialisation"]): string[] {
  if (!search) return ["no specialisationTime: the teacher has no units to choose between"];
  const t = String(Number(search.until.toPrecision(4)));
  switch (search.end) {
    case "event":
      return search.error === undefined
        ? ["specialisationTime lies beyond the end of the run, where no error of it is known"]
        : [];
    case "symmetry":
      return [
        "no specialisation: the start is alike to all units of the teacher, and infinitely many inputs keep it so",
      ];
    case "rest":
      return [`no specialisation: the order parameters have come to rest by t = ${t}`];
    case "divergence":
      return [`no specialisation: the order parameters diverge at t = ${t}`];
    default:
      return [`no specialisation as far as it was looked for, up to t = ${t}`];
  }
}

function average(paths: readonly OrderPath[]): Solution {
  const sample = (times: ArrayLike<number>) => {
    const all = paths.map((path) => path.sample(times));
    const errors = all.flatMap(({ error }) => (error ? [error] : []));
    return {
      time: Float64Array.from(times),
      ...meanSeries(all.map(({ series }) => series)),
      ...(errors.length === all.length && { error: meanSeries(errors).series }),
    };
  };
  const searches = paths.flatMap(({ specialisation }) => (specialisation ? [specialisation] : []));
  const missing = searches.filter(({ time }) => time === Infinity);
  const furthest = String(Number(Math.min(...missing.map(({ until }) => until)).toPrecision(4)));
  return {
    ...sample(paths[0].nodes),
    sample,
    samples: paths.length,
    ...(searches.length > 0 && {
      events: { specialisationTime: Float64Array.from(searches, ({ time }) => time) },
    }),
    notes: [
      `mean over ${paths.length} random starts`,
      ...(missing.length > 0
        ? [`${missing.length} of ${paths.length} starts do not specialise by t = ${furthest}`]
        : []),
      ...(searches.length === 0 ? searchNotes(undefined) : []),
    ],
  };
}
