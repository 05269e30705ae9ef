import { createCovariance } from "../../models/covariance";
import { createStreams, type Streams } from "../../numerics/streams";
import { meanOfRuns, type SampleCurves, type Simulator } from "../ensemble";
import { dot } from "../sphere";
import { createGaussianLoss, type GaussianLoss } from "./gaussian-loss";
import { createDescent, walkOnSphere } from "./langevin";
import { createPairRecorder, type PairRecorder } from "./pair-recorder";
import type { LandscapePlan } from "./plan";
import { signalOverlap } from "./planted-signal";
import { drawStart } from "./random-start";

/** All there is to know of a simulation, as plain data. */
export interface LandscapeSetup {
  readonly plan: LandscapePlan;
  readonly replicas: number;
  readonly seed: number | string;
}

/** Makes single samples: new couplings, and the mean of the runs in them. The samples share the room for the couplings. */
export function createLandscapeSimulator({ plan, replicas, seed }: LandscapeSetup): Simulator {
  const streams = createStreams(seed);
  const clones = plan.response === "clone" ? countClones(plan) : 0;
  const loss = createGaussianLoss(createCovariance(plan.channels), plan.size, {
    signal: plan.planting?.strength,
    states: replicas * (1 + clones),
  });
  return function* simulate(sample) {
    for (const _ of loss.draw(streams, sample)) yield 0;
    const runs = Array.from({ length: replicas }, (_, replica) => createRun(plan, streams, sample, replica));
    yield* walkTogether(plan, loss, runs);
    return meanOfRuns(runs.map((run) => run.finish()));
  };
}

/** All runs in the same couplings step by step, so that their gradients are computed together; yields the share done. */
function* walkTogether(
  plan: LandscapePlan,
  loss: GaussianLoss,
  runs: readonly Run[],
): Generator<number, void> {
  const { clock, diffusion, reports } = plan;
  const descend = createDescent(loss);
  const states = runs.map((run) => run.x);
  const gradients = states.map((x) => new Float64Array(x.length));
  const losses = states.map(() => new Float64Array(plan.channels.length));

  function record(node: number): void {
    for (const run of runs) run.recorder.atNode(node, run.x);
    const report = reports.get(node);
    if (report === undefined) return;
    loss.evaluateAll(states, gradients, losses);
    for (const [r, run] of runs.entries()) run.record(report, gradients[r], losses[r]);
  }

  record(0);
  for (let node = 0; node < clock.length; node++) {
    for (const run of runs) run.walk(node, diffusion[2 * node]);
    descend([...states, ...runs.flatMap((run) => run.recorder.clones)], clock[node]);
    for (const run of runs) run.walk(node, diffusion[2 * node + 1]);
    record(node + 1);
    yield (node + 1) / clock.length;
  }
}

/** One run from a random start. */
interface Run {
  readonly x: Float64Array;
  readonly recorder: PairRecorder;
  /** The walk of half a step, of x and its clones. */
  walk(node: number, diffusion: number): void;
  /** Writes down the state at these report times. */
  record(report: readonly number[], gradient: Float64Array, losses: Float64Array): void;
  /**
   * The curves `loss`, `multiplier`, with several channels `loss[k]`, with a signal `overlap`, and at the pairs
   * `correlation` and `response`.
   */
  finish(): SampleCurves;
}

function createRun(plan: LandscapePlan, streams: Streams, sample: number, replica: number): Run {
  const { size } = plan;
  const start = drawStart(streams.stream("start", sample, replica), size, plan.planting?.overlap);
  const x = start.state.slice();
  const random = streams.stream("noise", sample, replica);
  const noise = new Float64Array(size);
  const clones = countClones(plan);
  const recorder = createPairRecorder(plan.pairs, plan.response, start, (clone) =>
    streams.stream("perturbation", sample, replica * clones + clone),
  );
  const curves = createCurves(plan);
  return {
    x,
    recorder,
    walk(node, diffusion) {
      if (diffusion === 0) return;
      random.fillNormal(noise);
      recorder.beforeWalk(node, diffusion, x, noise);
      walkOnSphere(x, diffusion, noise);
      for (const clone of recorder.clones) walkOnSphere(clone, diffusion, noise);
    },
    record(report, gradient, losses) {
      const radial = dot(x, gradient) / size;
      for (const k of report) {
        curves.loss[k] = losses.reduce((sum, loss) => sum + loss, 0) / size;
        curves.multiplier[k] = plan.effectiveTemperature[k] - radial;
        for (const [channel, curve] of curves.channels.entries()) curve[k] = losses[channel] / size;
        curves.overlap[k] = signalOverlap(x);
      }
    },
    finish() {
      const { correlation, response } = recorder;
      const twoTime: Record<string, Float64Array> = { correlation };
      if (plan.response !== "none") twoTime.response = response;
      return { series: namedSeries(plan, curves), twoTime };
    },
  };
}

/** How many nodes are the earlier one of a pair: at most this many clones a run has. */
const countClones = ({ pairs }: LandscapePlan) => new Set(pairs.map((pair) => pair.early)).size;

type Curves = ReturnType<typeof createCurves>;

function createCurves({ time, channels }: LandscapePlan) {
  const curve = () => new Float64Array(time.length);
  return {
    loss: curve(),
    multiplier: curve(),
    channels: channels.map(curve),
    overlap: curve(),
  };
}

/** Under the names that the two-time solution gives them. */
function namedSeries(plan: LandscapePlan, curves: Curves): Record<string, Float64Array> {
  const { loss, multiplier, channels, overlap } = curves;
  const series: Record<string, Float64Array> = { loss, multiplier };
  if (channels.length > 1) for (const [k, channel] of channels.entries()) series[`loss[${k}]`] = channel;
  if (plan.hasSignal) series.overlap = overlap;
  return series;
}
