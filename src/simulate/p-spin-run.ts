import type { Streams } from "../numerics/streams";
import type { SampleCurves } from "./ensemble";
import type { GaussianLoss } from "./gaussian-loss";
import type { PSpinPlan } from "./p-spin-plan";
import { createPairRecorder } from "./pair-recorder";
import { createDescent, dot, projectOnSphere, walkOnSphere } from "./sphere-langevin";

/**
 * One run from a uniformly random start: the curves `loss`, `multiplier` and, at the pairs, `correlation` and
 * `response`. Yields after every step, with the number of steps done.
 * @param loss with the couplings of this sample.
 */
export function* runPSpin(
  plan: PSpinPlan,
  loss: GaussianLoss,
  streams: Streams,
  sample: number,
  replica: number,
): Generator<number, SampleCurves> {
  const { size, clock, heat, reports } = plan;
  const x = new Float64Array(size);
  streams.stream("start", sample, replica).fillNormal(x);
  projectOnSphere(x);

  const random = streams.stream("noise", sample, replica);
  const noise = new Float64Array(size);
  const gradient = new Float64Array(size);
  const descend = createDescent(loss);
  const pushes = new Set(plan.pairs.map((pair) => pair.early)).size;
  const recorder = createPairRecorder(plan.pairs, plan.response, size, (clone) =>
    streams.stream("perturbation", sample, replica * pushes + clone),
  );
  const lossCurve = new Float64Array(plan.time.length);
  const multiplier = new Float64Array(plan.time.length);

  function record(node: number): void {
    recorder.atNode(node, x);
    const report = reports.get(node);
    if (report === undefined) return;
    const value = loss.evaluate(x, gradient) / size;
    const radial = dot(x, gradient) / size;
    for (const k of report) {
      lossCurve[k] = value;
      multiplier[k] = plan.effectiveTemperature[k] - radial;
    }
  }

  function walk(node: number, amount: number): void {
    if (amount === 0) return;
    random.fillNormal(noise);
    recorder.beforeWalk(node, amount, x, noise);
    walkOnSphere(x, amount, noise);
    for (const clone of recorder.clones) walkOnSphere(clone, amount, noise);
  }

  record(0);
  for (let node = 0; node < clock.length; node++) {
    walk(node, heat[2 * node]);
    descend(x, clock[node]);
    for (const clone of recorder.clones) descend(clone, clock[node]);
    walk(node, heat[2 * node + 1]);
    record(node + 1);
    yield node + 1;
  }

  const { correlation, response } = recorder;
  return {
    series: { loss: lossCurve, multiplier },
    twoTime: plan.response === "none" ? { correlation } : { correlation, response },
  };
}
