import { InvalidParameterError } from "../../core/errors";
import {
  checkNetwork,
  checkStart,
  type ExitRule,
  type NetworkStart,
  type QuadraticNetwork,
} from "../../models/quadratic-network";
import { asParameters } from "../parts/as-parameters";
import type { QuadraticParameters } from "./parameters";

/** Parameters as the rooms below want them. */
export interface QuadraticProblem {
  readonly network: QuadraticNetwork;
  readonly start: NetworkStart;
  readonly exit: ExitRule;
}

/** @throws InvalidParameterError, named like `parameters.initial.overlap`. */
export function problemOf(parameters: QuadraticParameters): QuadraticProblem {
  const { width, dimension, initial, exitOn, threshold, finiteDimension, ...rest } = parameters;
  const network = { ...rest, width, dimension: dimension ?? Infinity };
  return asParameters(() => {
    checkNetwork(network);
    if (rest.secondLayerRate === "first-layer" && !rest.trainSecondLayer) {
      const allowed = '"per-dimension" unless trainSecondLayer is true: a fixed second layer has no rate';
      throw new InvalidParameterError("secondLayerRate", rest.secondLayerRate, allowed);
    }
    if (finiteDimension && dimension === null) {
      throw new InvalidParameterError("dimension", dimension, "an integer, for finiteDimension");
    }
    const start = initial === "random" ? initial : startOf(width, initial);
    checkStart(network, start);
    return { network, start, exit: { on: exitOn, threshold } };
  });
}

/** What a random start and everything with noise need. @throws InvalidParameterError */
export function requireFinite({ network }: QuadraticProblem, what: string): void {
  if (network.dimension !== Infinity) return;
  throw new InvalidParameterError("parameters.dimension", null, `an integer, for ${what}`);
}

function startOf(width: number, initial: Exclude<QuadraticParameters["initial"], "random">): NetworkStart {
  const { overlap, correlation } = initial;
  const secondLayer = initial.secondLayer && Float64Array.from(initial.secondLayer);
  if (overlap === undefined) {
    if (correlation) {
      throw new InvalidParameterError("initial.overlap", overlap, "a list, beside correlation");
    }
    return secondLayer ? { secondLayer } : "random";
  }
  if (correlation && (correlation.length !== width || correlation.some((row) => row.length !== width))) {
    throw new InvalidParameterError("initial.correlation", correlation, `a ${width} by ${width} matrix`);
  }
  const identity = Float64Array.from({ length: width * width }, (_, i) => (i % (width + 1) === 0 ? 1 : 0));
  return {
    overlap: Float64Array.from(overlap),
    correlation: correlation ? Float64Array.from(correlation.flat()) : identity,
    secondLayer: secondLayer ?? new Float64Array(width).fill(1),
  };
}
