import { createPacer } from "../../core/options";
import type { PoolTask } from "../../core/pool";
import { theoryDescentOf } from "../../models/label-noise-momentum/descent";
import type { HeavyBall } from "../../models/label-noise-momentum/heavy-ball";
import type { NoisyDescent } from "../../models/label-noise-momentum/loss";
import { manifoldCurvature, projectOnManifold } from "../../models/label-noise-momentum/manifold";
import type { OperatorKind } from "../../models/label-noise-momentum/operators";
import type { MomentumProblem } from "../../models/label-noise-momentum/problem";
import { createDraws } from "../../numerics/draws";
import { createStreams } from "../../numerics/streams";
import { createPathGrid, createPathRecorder, type PathGrid, type PathSums } from "../mean-path";
import { createManifoldEquation } from "./equation";

/** How to follow the drift-diffusion. */
export interface DiffusionMethod {
  readonly samples: number;
  /** Length of a step, in steps of the descent. */
  readonly step: number;
  readonly seed: number | string;
  /** Last step of the descent. */
  readonly until: number;
  readonly operator?: OperatorKind;
  /** Squared length of the weights whose first passage is looked for. */
  readonly level?: number;
}

/** Consecutive paths; plain data where the descent is that of a problem. */
export interface ManifoldBatch {
  readonly source: MomentumProblem | NoisyDescent;
  readonly heavyBall: HeavyBall & { readonly noise: number };
  readonly start: Float64Array;
  readonly method: DiffusionMethod;
  readonly from: number;
  readonly to: number;
}

/** The paths of a batch that have ended. */
export interface ManifoldSums {
  readonly sums: PathSums;
  /** First passages, one a path. */
  readonly passages: Float64Array;
}

/** Weights are reported one by one up to so many. */
const MOST_POSITIONS = 8;

/** What is averaged over paths. */
export const pathNames = (size: number): string[] => [
  "radius",
  "logRadius",
  "hessianTrace",
  ...(size <= MOST_POSITIONS ? Array.from({ length: size }, (_, i) => `position[${i}]`) : []),
];

/** Steps of one length. */
export function pathGrid(size: number, { until, step }: DiffusionMethod): PathGrid {
  const steps = Math.max(1, Math.ceil(until / step - 1e-9));
  return createPathGrid(pathNames(size), steps, until / steps);
}

const NAME = "drift-diffusion on the zero-loss manifold";

/**
 * Euler-Maruyama for (LN20), of weak order 1, with every step brought back to the manifold.
 * Stream: noise, one a path.
 */
export const manifoldPathsTask: PoolTask<ManifoldBatch, ManifoldSums> = {
  name: NAME,
  module: "twotime",
  async run({ source, heavyBall, start, method, from, to }, options) {
    const descent = "model" in source ? theoryDescentOf(source) : source;
    const { loss } = descent;
    const equation = createManifoldEquation(descent, heavyBall, method.operator);
    const first = { w: start, curvature: manifoldCurvature(loss, start) };
    const grid = pathGrid(loss.size, method);
    const recorder = createPathRecorder(grid);
    const h = method.until / grid.steps;
    const dt = heavyBall.noise ** 2 * h;
    const streams = createStreams(method.seed);
    const passages = new Float64Array(to - from).fill(Infinity);
    const draws = createDraws(streams.stream("noise", from, 0), streams.stream("noise", from, 1));
    let path = 0;
    const ended = () => (path > 0 ? { sums: recorder.sums(), passages: passages.slice(0, path) } : undefined);
    const pacer = createPacer(NAME, (to - from) * grid.steps, options, ended);
    for (; path < to - from; path++) {
      draws.restart(streams.stream("noise", from + path, 0), streams.stream("noise", from + path, 1));
      let point = first;
      const note = (step: number) => {
        const radius = point.w.reduce((sum, x) => sum + x * x, 0);
        if (passages[path] === Infinity && radius < (method.level ?? 0)) passages[path] = step * h;
        recorder.record(step, (out) => {
          out[0] = radius;
          out[1] = Math.log(radius);
          out[2] = point.curvature.values.reduce((sum, x) => sum + x, 0);
          for (let i = 3; i < out.length; i++) out[i] = point.w[i - 3];
        });
      };
      note(0);
      for (let k = 1; k <= grid.steps; k++) {
        const drift = equation.drift(point.w, point.curvature);
        const kick = equation.kick(point.w, point.curvature, draws.normal);
        const next = point.w.map((x, i) => x + dt * drift[i] + Math.sqrt(dt) * kick[i]);
        point = projectOnManifold(loss, next, first.curvature.rank);
        note(k);
        if (pacer.due()) await pacer.pause(path * grid.steps + k);
      }
      recorder.end();
    }
    return { sums: recorder.sums(), passages };
  },
};
