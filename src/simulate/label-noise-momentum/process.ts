import type { Stream } from "../../numerics/streams";

/** Heavy-ball descent with noise, one run after the other. Equation (LN1). */
export interface DescentProcess {
  /** Puts the process at its start, with the noise of a run. */
  start(noise: Stream): void;
  step(): void;
  /** Squared length of the weights: |u|² + |v|². */
  radius(): number;
  /** L on the data, without the noise of the labels. */
  loss(): number;
  /** Trace of the Hessian at zero residuals. */
  hessianTrace(): number;
  /** Error on fresh inputs without label noise, where it has a closed form. */
  testError?(): number;
  /** The weights, where they are few enough to be reported. */
  readonly weights?: Float64Array;
}

/** Normals drawn ahead at a time. */
const AHEAD = 1024;

/** Standard normals of a stream, one at a time. */
export function createNormals() {
  const buffer = new Float64Array(AHEAD);
  let next = AHEAD;
  let source: Stream;
  return {
    restart(stream: Stream): void {
      source = stream;
      next = AHEAD;
    },
    next(): number {
      if (next === AHEAD) {
        source.fillNormal(buffer);
        next = 0;
      }
      return buffer[next++];
    },
  };
}
