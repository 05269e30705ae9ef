import { RETRIEVAL_QUANTITIES } from "../../models/phase-retrieval/problem";
import { absoluteModulusError, modulusError } from "../../models/phase-retrieval/start";
import type { SampleCurves } from "../ensemble";
import { dot } from "../sphere";
import type { RetrievalPlan } from "./problem";
import type { Share } from "./shares";

/** What is measured at a step of a run. */
export interface StepValues {
  readonly overlap: number;
  readonly norm: number;
  readonly trainingLoss: number;
  readonly multiplier: number;
  readonly curvature: number;
  readonly drive: number;
}

/** Gathers the curves of one run. */
export interface Recorder {
  /** The state and its values after this many steps, asked for where the plan has a share of them. */
  record(step: number, state: Float64Array, values: StepValues): void;
  /** What is left of the run when it stands still from this step on. */
  rest(step: number, state: Float64Array, values: StepValues): void;
  /** @param recoveryTime Infinity for never. */
  finish(recoveryTime: number): SampleCurves;
}

const NONE: readonly Share[] = [];
const EARLY = 1 - 1e-9;

export function createRecorder({ time, reports, snapshots, states, pairs, size }: RetrievalPlan): Recorder {
  const series: Record<string, Float64Array> = {};
  for (const name of RETRIEVAL_QUANTITIES) series[name] = new Float64Array(time.length);
  const stored = states.map(() => new Float64Array(size));
  let start: Readonly<Record<string, number>> = {};

  function record(step: number, state: Float64Array, values: StepValues): void {
    if (step === 0) start = { ...values };
    const { overlap, norm } = values;
    const all = {
      ...values,
      meanSquaredError: modulusError(overlap, norm),
      meanAbsoluteError: absoluteModulusError(overlap, norm),
    };
    for (const { index, weight } of reports.get(step) ?? NONE) {
      for (const name of RETRIEVAL_QUANTITIES) series[name][index] += weight * all[name];
    }
    for (const { index, weight } of snapshots.get(step) ?? NONE) {
      const kept = stored[index];
      for (let i = 0; i < size; i++) kept[i] += weight * state[i];
    }
  }

  return {
    record,
    rest(step, state, values) {
      for (const later of new Set([...reports.keys(), ...snapshots.keys()])) {
        if (later >= step) record(later, state, values);
      }
    },
    finish(recoveryTime) {
      series.recoveredFraction = time.map((t) => (t >= EARLY * recoveryTime ? 1 : 0));
      const correlation = Float64Array.from(pairs, ([t, tPrime]) => dot(stored[t], stored[tPrime]) / size);
      return {
        series,
        start,
        events: { recoveryTime },
        ...(pairs.length > 0 && { twoTime: { correlation } }),
      };
    },
  };
}
