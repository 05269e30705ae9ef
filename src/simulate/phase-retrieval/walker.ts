import { ConvergenceError } from "../../core/errors";
import type { Cost } from "../../models/cost";
import { gradientFactor, RECOVERY_LOSS, ridgeOf, temperatureAt } from "../../models/phase-retrieval/problem";
import { settles } from "../../models/phase-retrieval/stability";
import type { Streams } from "../../numerics/streams";
import type { SampleCurves } from "../ensemble";
import { dot, projectOnSphere } from "../sphere";
import type { Batches } from "./batches";
import type { Measurements } from "./data";
import { addMoments, applyForces, type Moments } from "./forces";
import { type RetrievalPlan, roundedDown, spreadOf } from "./problem";
import { createRecorder, type StepValues } from "./recorder";
import { drawStart } from "./start";

/** One run: a weight vector that moves in the landscape of a data set. */
export interface Walker {
  /** Whether it has recovered the signal and stands still for good. */
  isAtRest(): boolean;
  /** Replaces the fields of a block by the forces F; `measured`: all that is observed is added up, too. */
  computeForces(block: number, measured: boolean): void;
  /**
   * After all blocks: records what belongs to this number of steps, and sees whether the signal is found.
   * @throws ConvergenceError where the loss is infinite.
   */
  record(step: number, measured: boolean): void;
  /** The update from this step to the next by the data's gradient: (P.3) or (P.4). */
  step(step: number): void;
  finish(): SampleCurves;
}

/** What a walker is made of. */
export interface WalkerParts {
  readonly plan: RetrievalPlan;
  readonly data: Measurements;
  readonly cost: Cost;
  /** Which of the data's vectors is the walker's, and how many there are. */
  readonly column: number;
  readonly columns: number;
  /** undefined where all samples take part in every step. */
  readonly batches?: Batches;
}

/** A run from its start. @param sample on which all its random numbers depend, but for those of the data */
export function createWalker(parts: WalkerParts, streams: Streams, sample: number): Walker {
  const { plan, data, cost, column, columns, batches } = parts;
  const { problem, size, patterns, recoveryLoss } = plan;
  const { learningRate } = problem;
  const onSphere = problem.constraint === "sphere";
  // Whatever counts as recovered, nothing that is reported moves any more from here on.
  const restLoss = Math.min(recoveryLoss, RECOVERY_LOSS);
  const canRest =
    onSphere &&
    settles(
      { ...problem, learningRate: learningRate * spreadOf(problem, plan.batchSampling) },
      data.labels,
      cost,
    );
  const shrink = 1 - learningRate * ridgeOf(problem);
  const w = drawStart(problem, data.signal, streams.stream("start", sample));
  const noise = streams.stream("noise", sample);
  const kicks = new Float64Array(size);
  const recorder = createRecorder(plan);
  const members = batches?.members ?? new Uint8Array(patterns).fill(1);
  const view = { column, columns, labels: data.labels, members, factor: gradientFactor(problem) };
  const blocks = data.blocks.map((block) => ({ ...block, ...view }));
  let loss = 0;
  let moments: Moments = { radial: 0, drive: 0, curvature: 0 };
  let recoveryTime = Infinity;
  let found = false;
  let atRest = false;
  batches?.start(streams.stream("batch", sample));
  publish();

  function publish(): void {
    const { weights } = data;
    for (let i = 0, at = column; i < size; i++, at += columns) weights[at] = w[i];
  }

  /** (P.7) */
  function observe(t: number): StepValues {
    return {
      overlap: dot(w, data.signal) / size,
      norm: onSphere ? 1 : dot(w, w) / size,
      trainingLoss: loss / patterns,
      multiplier: temperatureAt(problem, t) - moments.radial / size,
      curvature: moments.curvature / size,
      drive: moments.drive / size,
    };
  }

  return {
    isAtRest: () => atRest,
    computeForces(block, measured) {
      if (atRest) {
        const { fields } = blocks[block];
        for (let at = column; at < fields.length; at += columns) fields[at] = 0;
        return;
      }
      if (measured || found) addMoments(cost, blocks[block], moments);
      loss += applyForces(cost, blocks[block]);
    },
    record(step, measured) {
      if (atRest) return;
      const t = step * learningRate;
      if (!(loss < Infinity)) throw diverged(sample, t, plan);
      if (loss < recoveryLoss * patterns && recoveryTime === Infinity) recoveryTime = t;
      if (found) {
        atRest = true;
        recorder.rest(step, w, observe(t));
      } else if (measured) recorder.record(step, w, observe(t));
      // It comes to rest after the next record, where everything is measured.
      found = canRest && loss < restLoss * patterns && temperatureAt(problem, t) === 0;
      loss = 0;
      moments = { radial: 0, drive: 0, curvature: 0 };
    },
    step(step) {
      if (atRest) return;
      const { gradient } = data;
      for (let i = 0, at = column; i < size; i++, at += columns) {
        w[i] = shrink * w[i] - learningRate * gradient[at];
      }
      const temperature = temperatureAt(problem, step * learningRate);
      if (temperature > 0) {
        noise.fillNormal(kicks);
        const strength = Math.sqrt(2 * temperature * learningRate);
        for (let i = 0; i < size; i++) w[i] += strength * kicks[i];
      }
      if (onSphere) projectOnSphere(w);
      publish();
      batches?.next();
    },
    finish: () => recorder.finish(recoveryTime),
  };
}

function diverged(
  sample: number,
  t: number,
  { problem, limits: { settling } }: RetrievalPlan,
): ConvergenceError {
  const limit = problem.learningRate > settling ? `: up to ${roundedDown(settling)} it settles` : "";
  return new ConvergenceError(
    `The weights of sample ${sample} grow without bound at t = ${t.toPrecision(6)}.`,
    { reached: t, advice: `Take a smaller learning rate${limit}.` },
  );
}
