/**
 * Nodes φ_i = φ(i/(size − 1)) on [0, 1], crowded at both ends, equally spaced in x (A.1):
 *
 *   φ(x) = sinh(ax) / (2 cosh(a(x − ½)) sinh(a/2)) ,   1 − φ(x) = φ(1 − x) ,   dφ/dx = a / (2 tanh(a/2) cosh²(a(x − ½)))
 *
 * Near either end neighbours differ by the factor e^{2a/(size − 1)}, and the first is about a e^{−a}/size from it.
 */
export interface CrowdedGrid {
  readonly size: number;
  /** a, so that e^a is the ratio of the largest to the smallest time that is resolved. */
  readonly crowding: number;
  /** ψ = 1 − φ is carried along: a difference would lose its digits. */
  readonly phi: Float64Array;
  readonly psi: Float64Array;
  /** dφ/dx at the nodes. */
  readonly density: Float64Array;
  /** ∫₀¹ f dφ = Σ weight_i f(φ_i), Gregory's rule in x. */
  readonly weight: Float64Array;
  /** Where φ (with ψ = 1 − φ) lies, in spacings from the first node. */
  position(phi: number, psi: number): number;
  /** dφ/dx at a position. */
  densityAt(position: number): number;
}

/** Coefficients of the differences in Gregory's end corrections: of order 8. */
const GREGORY = [1 / 2, 1 / 12, 1 / 24, 19 / 720, 3 / 160, 863 / 60480, 275 / 24192, 33953 / 3628800];

export function createCrowdedGrid(size: number, crowding: number): CrowdedGrid {
  const last = size - 1;
  const spacing = 1 / last;
  const half = Math.sinh(crowding / 2);
  const tanh = Math.tanh(crowding / 2);
  const nodes = Array.from({ length: size }, (_, i) => i / last);
  const cosh = (x: number) => Math.cosh(crowding * (x - 0.5));
  const phiOf = (x: number) => Math.sinh(crowding * x) / (2 * cosh(x) * half); // (A.1)
  const densityOf = (x: number) => crowding / (2 * tanh * cosh(x) ** 2);
  const offset = 1 / (Math.exp(crowding) + 1);
  const phi = Float64Array.from(nodes, phiOf);
  phi[last] = 1;
  const density = Float64Array.from(nodes, densityOf);
  return {
    size,
    crowding,
    phi,
    psi: phi.slice().reverse(),
    density,
    weight: gregoryWeights(size).map((w, i) => w * spacing * density[i]),
    position: (f, rest) =>
      last * (0.5 + Math.log((offset + f * tanh) / (offset + rest * tanh)) / (2 * crowding)),
    densityAt: (position) => densityOf(position * spacing),
  };
}

/** Weights of the trapezoidal rule on nodes one apart with Gregory's end corrections. */
function gregoryWeights(size: number): Float64Array {
  const weights = new Float64Array(size).fill(1);
  for (const [order, coefficient] of GREGORY.entries()) {
    let binomial = 1;
    for (let k = 0; k <= order; k++) {
      const correction = (k % 2 === 0 ? -1 : 1) * coefficient * binomial;
      weights[k] += correction;
      weights[size - 1 - k] += correction;
      binomial *= (order - k) / (k + 1);
    }
  }
  return weights;
}
