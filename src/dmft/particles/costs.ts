import type { Cost } from "../../core/budget";
import type { ParticleSetup } from "./method";
import { CURVE_NAMES } from "./run";
import { recorderBytes, twinsOf } from "./two-time";

/** Seconds of a particle's step, with the paper's cost and with another one, and of a number of a product. */
const STEP = 1.5e-8;
const OWN_COST = 1.5e-7;
const PRODUCT = 1e-9;
/** Bytes of a particle: fields, matrix, batch and weights, and what its draw takes. */
const PARTICLE = 60;

/** What the particles take. @param workers runs at a time */
export function particleCosts(
  setup: ParticleSetup,
  until: number,
  runs: number,
  workers = 1,
): readonly Cost[] {
  const { particles, steps, pairs, isPaperCost } = setup;
  const state = PARTICLE * particles;
  const curves = 8 * (CURVE_NAMES.length + 2) * (steps + 1) + 32 * pairs.steps.length ** 2;
  const walk = (isPaperCost ? STEP : STEP + OWN_COST) * particles * steps;
  const products = pairs.partners.reduce((sum, partners) => sum + partners.length, 0);
  const twoTime = 0.5 * twinsOf(setup) * walk + PRODUCT * particles * pairs.names.length * products;
  return [
    { parameter: "method.until", value: until, bytes: state + curves, seconds: walk },
    { parameter: "method.pairs", value: products, bytes: recorderBytes(setup), seconds: twoTime },
    {
      parameter: "method.runs",
      value: runs,
      bytes: 2 * (runs - 1) * curves + (Math.min(workers, runs) - 1) * (state + recorderBytes(setup)),
      seconds: (runs - 1) * (walk + twoTime),
    },
  ];
}
