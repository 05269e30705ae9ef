import { record } from "../../core/check";
import {
  alongManifold,
  type Curvature,
  fromModes,
  matrixFromModes,
  matrixToModes,
  pseudoInverse,
} from "../../models/label-noise-momentum/curvature";
import { checkHeavyBall, type HeavyBall } from "../../models/label-noise-momentum/heavy-ball";
import type { NoisyDescent } from "../../models/label-noise-momentum/loss";
import {
  invertInModes,
  type OperatorKind,
  operatorBracket,
} from "../../models/label-noise-momentum/operators";
import { semidefiniteFactor } from "../../numerics/semidefinite";

/** The limiting drift-diffusion on the zero-loss manifold, in the time t = ε² k. */
export interface ManifoldEquation {
  /** The Itô drift at a point of the manifold. */
  drift(w: Float64Array, curvature: Curvature): Float64Array;
  /** The change by unit normals: (η/(1 − β)) P_L σ z, as many z as there are zero modes. */
  kick(w: Float64Array, curvature: Curvature, normal: () => number): Float64Array;
}

/**
 * The drift-diffusion of heavy-ball descent as ε → 0, equation (LN20), exact at any stable η and β ("exact") or to leading
 * order in η ("leading"):
 *
 *     dY = (η/(1 − β)) P_L σ dW − ½(η/(1 − β))² { H^† D²g[Σ_LL] + P_L D²g[L⁻¹(Σ − Σ_LL)] } dt
 *
 * with L⁻¹ on the blocks TT, TL and LT. For label noise Σ = cH only the block TT is there, equation (LN21) (Flatter, faster,
 * theorem 3.4 and corollary 3.5; its noise coefficient, TL term and operator are corrected, see docs/errata.md).
 * @throws InvalidParameterError for a heavy ball that makes no sense.
 */
export function createManifoldEquation(
  descent: NoisyDescent,
  heavyBall: HeavyBall,
  operator: OperatorKind = "exact",
): ManifoldEquation {
  checkHeavyBall(heavyBall);
  const { loss, noise, labelNoise } = record("descent", descent);
  record("descent.noise", noise, ["covariance"]);
  const { size } = record("descent.loss", loss, ["value", "gradient", "hessian", "third"]);
  const bracket = operatorBracket(operator, heavyBall);
  const rate = heavyBall.learningRate / (1 - heavyBall.momentum); // (LN18)
  const covariance = new Float64Array(size * size);

  const modesOfNoise = (w: Float64Array, curvature: Curvature) => {
    noise.covariance(w, covariance);
    return matrixToModes(curvature, covariance);
  };
  const bend = (w: Float64Array, curvature: Curvature, modes: Float64Array) => {
    const out = new Float64Array(size);
    loss.third(w, matrixFromModes(curvature, modes), out);
    return out;
  };

  return {
    drift(w, curvature) {
      const sigma = modesOfNoise(w, curvature);
      const along = alongManifold(curvature, bend(w, curvature, invertInModes(curvature, bracket, sigma)));
      const factor = -0.5 * rate * rate;
      if (labelNoise !== undefined) return along.map((x) => factor * x); // (LN21)
      const normal = pseudoInverse(curvature, bend(w, curvature, tangentBlock(curvature, sigma)));
      return along.map((x, i) => factor * (x + normal[i])); // (LN20)
    },
    kick(w, curvature, normal) {
      const zeros = size - curvature.rank;
      const modes = new Float64Array(size);
      if (labelNoise !== undefined) return modes;
      const sigma = modesOfNoise(w, curvature);
      const block = Float64Array.from({ length: zeros * zeros }, (_, k) => {
        return sigma[Math.floor(k / zeros) * size + (k % zeros)];
      });
      const factor = semidefiniteFactor(block, zeros) ?? new Float64Array(zeros * zeros);
      for (let j = 0; j < zeros; j++) {
        const z = rate * normal();
        for (let i = j; i < zeros; i++) modes[i] += factor[i * zeros + j] * z;
      }
      return fromModes(curvature, modes); // (LN20)
    },
  };
}

/** Σ_LL in the eigenbasis: what is left of Σ between zero modes. */
function tangentBlock({ size, rank }: Curvature, sigma: Float64Array): Float64Array {
  const zeros = size - rank;
  return sigma.map((x, k) => (Math.floor(k / size) < zeros && k % size < zeros ? x : 0));
}
