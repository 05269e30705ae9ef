import type { Streams } from "../numerics/streams";
import type { SampleCurves } from "./ensemble";
import type { GaussianLoss } from "./gaussian-loss";
import type { LandscapePlan } from "./landscape-plan";
import { createPairRecorder } from "./pair-recorder";
import { signalOverlap } from "./planted-signal";
import { drawStart } from "./random-start";
import { createDescent, dot, walkOnSphere } from "./sphere-langevin";

/**
 * One run from a random start: the curves `loss`, `multiplier`, with several channels `loss[k]`, with a signal
 * `overlap`, and at the pairs `correlation` and `response`. Yields after every step, with the number of steps done.
 * @param loss with the couplings of this sample.
 */
export function* runLandscape(
  plan: LandscapePlan,
  loss: GaussianLoss,
  streams: Streams,
  sample: number,
  replica: number,
): Generator<number, SampleCurves> {
  const { size, clock, heat, reports } = plan;
  const start = drawStart(streams.stream("start", sample, replica), size, plan.initialOverlap);
  const x = start.state.slice();

  const random = streams.stream("noise", sample, replica);
  const noise = new Float64Array(size);
  const gradient = new Float64Array(size);
  const descend = createDescent(loss);
  const pushes = new Set(plan.pairs.map((pair) => pair.early)).size;
  const recorder = createPairRecorder(plan.pairs, plan.response, start, (clone) =>
    streams.stream("perturbation", sample, replica * pushes + clone),
  );
  const curves = createCurves(plan);
  const losses = new Float64Array(plan.channels);

  function record(node: number): void {
    recorder.atNode(node, x);
    const report = reports.get(node);
    if (report === undefined) return;
    const value = loss.evaluate(x, gradient, losses) / size;
    const radial = dot(x, gradient) / size;
    for (const k of report) {
      curves.loss[k] = value;
      curves.multiplier[k] = plan.effectiveTemperature[k] - radial;
      for (const [channel, curve] of curves.channels.entries()) curve[k] = losses[channel] / size;
      curves.overlap[k] = signalOverlap(x);
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
    series: namedSeries(plan, curves),
    twoTime: plan.response === "none" ? { correlation } : { correlation, response },
  };
}

type Curves = ReturnType<typeof createCurves>;

function createCurves({ time, channels }: LandscapePlan) {
  const curve = () => new Float64Array(time.length);
  return {
    loss: curve(),
    multiplier: curve(),
    channels: Array.from({ length: channels }, curve),
    overlap: curve(),
  };
}

/** Under the names that the two-time solution gives them. */
function namedSeries(plan: LandscapePlan, curves: Curves): Record<string, Float64Array> {
  const { loss, multiplier, channels, overlap } = curves;
  const series: Record<string, Float64Array> = { loss, multiplier };
  if (plan.channels > 1) for (const [k, channel] of channels.entries()) series[`loss[${k}]`] = channel;
  if (plan.initialOverlap !== undefined) series.overlap = overlap;
  return series;
}
