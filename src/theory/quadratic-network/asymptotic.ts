import {
  checkNetwork,
  createDrift,
  createLayout,
  excessRisk,
  packState,
  type QuadraticNetwork,
} from "../../models/quadratic-network";

const ITERATIONS = 40;
/** Residual at which Newton's method has converged; the drift is of order 1. */
const RESIDUAL = 1e-12;
const DIFFERENCE = 1e-5;
/** Distances from full alignment at which the search for the fixed point starts. */
const STARTS = [0.003, 0.01, 0.03, 0.1, 0.2];

/**
 * Excess risk R − Δ/2 at late times in the limit d → ∞, second layer fixed at 1. A single neuron: γΔ/(1 − 6γ)
 * (eq. (8)), on the sphere or off it; where it does not learn (μ ≤ 0), 2 on the sphere. Wider networks, on the sphere:
 * the risk of the stable fixed point m_j = m, Q_jl = q for j ≠ l, up to signs of the w_j. With label noise q < 1 there:
 * the neurons do not collapse. 0 without noise where the aligned state is stable.
 *
 * `undefined` where no such stable fixed point exists (the learning rate is too high for the noise), with a trained
 * second layer, and for wider networks off the sphere, which end in states that remember their start.
 *
 * @throws InvalidParameterError
 */
export function asymptoticExcessRisk(network: QuadraticNetwork): number | undefined {
  checkNetwork(network);
  const { width, constraint, trainSecondLayer } = network;
  if (trainSecondLayer) return undefined;
  if (width === 1) return singleNeuronRisk(network);
  return constraint === "sphere" ? alignedRisk(network) : undefined;
}

function singleNeuronRisk({ learningRate, labelNoise, constraint }: QuadraticNetwork): number | undefined {
  const rest = 1 - 6 * learningRate;
  const risk = (learningRate * labelNoise) / rest; // (Q.25)
  if (rest > 0 && risk < 2) return risk;
  return constraint === "sphere" ? 2 : undefined;
}

type Point = readonly [m: number, q: number];

function alignedRisk(network: QuadraticNetwork): number | undefined {
  const { width: p, labelNoise } = network;
  const { flow, state } = symmetricFlow(network);
  if (labelNoise === 0) return stable(jacobian(flow, [1, 1])) ? 0 : undefined;
  let lowest: number | undefined;
  for (const dm of STARTS) {
    for (const dq of STARTS) {
      const point = newton(flow, [1 - dm, 1 - dq]); // (Q.26)
      // Also fixed, but unstable: q = 1, all neurons in one place.
      if (!point || point[1] > 1 - 1e-9 || !stable(jacobian(flow, point))) continue;
      lowest = Math.min(lowest ?? Infinity, excessRisk(state(point), p));
    }
  }
  return lowest;
}

/** The drift of m and q among states in which all neurons are alike. */
function symmetricFlow(network: QuadraticNetwork) {
  const { width: p } = network;
  const layout = createLayout(p);
  const drift = createDrift(network);
  const rate = new Float64Array(layout.length);
  const state = ([m, q]: Point) =>
    packState({
      overlap: new Float64Array(p).fill(m),
      correlation: Float64Array.from({ length: p * p }, (_, i) => (i % (p + 1) === 0 ? 1 : q)),
      secondLayer: new Float64Array(p).fill(1),
    });
  const flow = (point: Point): Point => {
    drift(state(point), rate);
    return [rate[0], rate[layout.correlation(0, 1)]];
  };
  return { flow, state };
}

type Flow = (point: Point) => Point;
type Matrix = readonly [number, number, number, number];

function newton(flow: Flow, start: Point): Point | undefined {
  let [m, q] = start;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const [f, g] = flow([m, q]);
    if (Math.abs(f) < RESIDUAL && Math.abs(g) < RESIDUAL) return [m, q];
    const [a, b, c, d] = jacobian(flow, [m, q]);
    const determinant = a * d - b * c;
    m -= (d * f - b * g) / determinant;
    q -= (a * g - c * f) / determinant;
    // Aligned, and order parameters of some vectors; a zero determinant ends here too.
    if (!(m > 0 && q > 0 && q < 1.01 && m * m < 1.01)) return undefined;
  }
  return undefined;
}

/** [∂f/∂m, ∂f/∂q, ∂g/∂m, ∂g/∂q]. */
function jacobian(flow: Flow, [m, q]: Point): Matrix {
  const slope = (high: Point, low: Point): Point => [
    (high[0] - low[0]) / (2 * DIFFERENCE),
    (high[1] - low[1]) / (2 * DIFFERENCE),
  ];
  const [a, c] = slope(flow([m + DIFFERENCE, q]), flow([m - DIFFERENCE, q]));
  const [b, d] = slope(flow([m, q + DIFFERENCE]), flow([m, q - DIFFERENCE]));
  return [a, b, c, d];
}

/** No growing direction: without noise one eigenvalue of the aligned state is 0. */
function stable([a, b, c, d]: Matrix): boolean {
  return a + d < 0 && a * d - b * c > -1e-6;
}
