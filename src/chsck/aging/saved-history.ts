import type { StateCodec } from "../../core/saved-states";
import { channels } from "../../models/covariance";
import { GAUGE_TERMS } from "./gauge";
import { createCrowdedGrid } from "./grid";
import {
  type AgingHistory,
  type AgingRun,
  createHistory,
  createSolvedPhase,
  cutAt,
  firstStart,
  nextStart,
  openEngine,
  ownRows,
  takeGrid,
} from "./history";
import { rewind } from "./rewind";
import type { Resolution } from "./rule";
import { reaches, type SolvedPhase } from "./solved-phase";

type Arrays = Readonly<Record<string, Float64Array>>;

/** Histories of a run as arrays of a checkpoint: of each phase the rows that were solved, on the grids that they were solved on. */
export const createHistoryCodec = (run: AgingRun): StateCodec<AgingHistory> => ({
  pack: ({ resolution, phases, effort, cut }) => {
    const { rows, iterations, factorisations, rejected, failed, seconds } = effort;
    const { past, equations, derivatives, linear } = seconds;
    return Object.assign(
      {
        resolution: Float64Array.from(resolution.flatMap(numbersOf)),
        cut: Float64Array.from(cut === undefined ? [] : [cut]),
        effort: Float64Array.of(
          rows,
          iterations,
          factorisations,
          rejected,
          failed,
          past,
          equations,
          derivatives,
          linear,
        ),
      },
      ...phases.map(packPhase),
    );
  },
  unpack(arrays) {
    const history = createHistory(resolutionFrom(arrays.resolution));
    const { effort, phases, resolution } = history;
    if (arrays.effort.length !== 9) throw new RangeError("the length of effort");
    const [rows, iterations, factorisations, rejected, failed, past, equations, derivatives, linear] =
      arrays.effort;
    Object.assign(effort, { rows, iterations, factorisations, rejected, failed });
    Object.assign(effort.seconds, { past, equations, derivatives, linear });
    const [cut] = arrays.cut;
    history.cut = cut;
    if (cut !== undefined && run.cut === undefined) cutAt(run, cut);
    for (const [k, stretch] of run.stretches.entries()) {
      if (arrays[`sigma[${k}]`] === undefined) break;
      const engine = k > 0 ? openEngine(run, history, (clock) => clock) : undefined;
      const start = engine
        ? nextStart(run, history, engine)
        : firstStart(run.problem, resolution[0].grid.size, stretch.noise(0));
      const solved = createSolvedPhase(run, history, start, arrays[`sigma[${k}]`].length);
      unpackPhase(run, history, solved, arrays, k);
      phases.push(solved);
      const length = stretch.to - start.clock;
      // It ended elsewhere, and the rows before were placed for that.
      if (solved.landing.length !== length) rewind(run.problem, solved, solved.landing.row);
      if (!reaches(solved, length)) break;
    }
    return history;
  },
});

const numbersOf = ({ end, grid, spacing, isGauged }: Resolution[number]): readonly number[] => [
  end,
  grid.size,
  grid.crowding,
  spacing.transient,
  spacing.late,
  spacing.predicted,
  Number(isGauged),
];
const NUMBERS = 7;

function resolutionFrom(numbers: Float64Array): Resolution {
  if (numbers.length === 0 || numbers.length % NUMBERS !== 0)
    throw new RangeError("the length of resolution");
  return Array.from({ length: numbers.length / NUMBERS }, (_, k) => {
    const [end, size, crowding, transient, late, predicted, gauged] = numbers.subarray(
      NUMBERS * k,
      NUMBERS * (k + 1),
    );
    return { end, grid: { size, crowding }, spacing: { transient, late, predicted }, isGauged: gauged === 1 };
  });
}

function packPhase(solved: SolvedPhase, k: number): Arrays {
  const { rows, count, legs, losses, iterations, spacing, longest, landing, kept, gauge } = solved;
  return {
    [`state[${k}]`]: Float64Array.of(spacing, longest, landing.row, landing.length),
    [`legs[${k}]`]: Float64Array.from(legs.flatMap(({ end, spacing: last }) => [end, last])),
    [`sigma[${k}]`]: rows.sigma.subarray(0, count),
    [`elapsed[${k}]`]: rows.elapsed.subarray(0, count),
    [`gauge[${k}]`]: Float64Array.from(gauge ? [gauge.first, ...gauge.coefficients] : []),
    [`place[${k}]`]: rows.place.subarray(0, count),
    [`reduced[${k}]`]: rows.reduced.subarray(0, count),
    [`logOverlap[${k}]`]: rows.logOverlap.subarray(0, count),
    [`iterations[${k}]`]: Float64Array.from(iterations.subarray(0, count)),
    [`losses[${k}]`]: joined(losses.map((channel) => channel.subarray(0, count))),
    [`pairs[${k}]`]: joined([...legs.map(({ pairs }) => pairs), ownRows(solved)]),
    [`kept[${k}]`]: kept
      ? Float64Array.of(kept.r, kept.place, kept.sigma, kept.multiplier, kept.logOverlap, ...kept.pairs)
      : new Float64Array(0),
  };
}

/** @throws RangeError where the arrays do not make a phase. */
function unpackPhase(
  { problem }: AgingRun,
  { resolution }: AgingHistory,
  solved: SolvedPhase,
  arrays: Arrays,
  k: number,
): void {
  const read = (name: string, length?: number) => {
    const array = arrays[`${name}[${k}]`];
    if (length !== undefined && array.length !== length) throw new RangeError(`the length of ${name}`);
    return array;
  };
  const count = read("sigma").length;
  for (const name of ["sigma", "elapsed", "place", "reduced", "logOverlap"] as const) {
    solved.rows[name].set(read(name, count));
  }
  solved.iterations.set(read("iterations", count));
  const terms = channels(problem.covariance).length;
  const losses = read("losses", terms * count);
  for (let term = 0; term < terms; term++)
    solved.losses[term].set(losses.subarray(term * count, (term + 1) * count));
  const [spacing, longest, row, length] = read("state", 4);
  const pairs = read("pairs");
  const ends = read("legs");
  let [from, begin] = [0, 0];
  for (let leg = 0; 2 * leg < ends.length; leg++) {
    const { size, crowding } = resolution[leg].grid;
    const end = ends[2 * leg];
    const own = pairs.slice(from, from + 2 * size * (end - begin));
    solved.legs.push({
      grid: createCrowdedGrid(size, crowding),
      end,
      pairs: own,
      spacing: ends[2 * leg + 1],
    });
    from += own.length;
    begin = end;
  }
  const own = pairs.subarray(from);
  const width = solved.legs.length > 0 ? 2 * resolution[solved.legs.length].grid.size : solved.rows.width;
  if (own.length !== (count - begin) * width) throw new RangeError("the length of pairs");
  takeGrid(problem, solved, resolution[solved.legs.length].grid, own);
  Object.assign(solved, { count, spacing, longest, landing: { row, length } });
  const [first, ...coefficients] = read("gauge");
  if (first !== undefined) {
    if (coefficients.length !== GAUGE_TERMS) throw new RangeError("the length of gauge");
    solved.gauge = { first, coefficients: Float64Array.from(coefficients) };
  }
  const [r, place, sigma, multiplier, logOverlap, ...state] = read("kept");
  if (r !== undefined) {
    if (state.length !== width) throw new RangeError("the length of kept");
    solved.kept = { r, place, sigma, multiplier, logOverlap, pairs: Float64Array.from(state) };
  }
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
