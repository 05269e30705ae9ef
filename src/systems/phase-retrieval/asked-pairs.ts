import { KERNEL_NAMES, type ParticlesMethod } from "../../dmft";
import type { Report } from "../system";
import type { RetrievalMethod } from "./parameters";

/** Times of whole two-time functions where none are asked for: every further t′ costs half a run. */
const COARSE = 33;

/** What two-time functions the particles are asked for by the method and the report; `grid`: times all of whose pairs are there. */
export function askedPairs(
  { until, pairs }: Extract<RetrievalMethod, { kind: "particles" }>,
  learningRate: number,
  report?: Report,
): Pick<ParticlesMethod, "pairs" | "twoTime"> & { readonly grid?: Float64Array } {
  const { fields, quantities } = report ?? {};
  const single = pairs === "all" ? pairs : [...pairs, ...(report?.pairs ?? [])];
  const ofPairs = single.length > 0 ? (quantities ?? KERNEL_NAMES) : [];
  const ofFields = fields ? (fields.quantities ?? KERNEL_NAMES) : [];
  const twoTime = KERNEL_NAMES.filter((name) => [...ofPairs, ...ofFields].includes(name));
  if (single === "all" || !fields) return { pairs: single, twoTime };
  const times = fields.times ?? coarseTimes(until, learningRate);
  const whole = times.flatMap((t, k) =>
    times.slice(0, k + 1).map((earlier): [number, number] => [t, earlier]),
  );
  return { pairs: [...single, ...whole], twoTime, ...(!fields.times && { grid: Float64Array.from(times) }) };
}

/** Steps from the first to the last, evenly spaced but for the last. */
function coarseTimes(until: number, learningRate: number): readonly number[] {
  const steps = Math.max(1, Math.ceil(until / learningRate - 1e-9));
  const stride = Math.ceil(steps / (COARSE - 1));
  const chosen = Array.from({ length: Math.ceil(steps / stride) }, (_, k) => k * stride);
  return [...chosen, steps].map((k) => k * learningRate);
}
