import { between, integerAtLeast, nonNegative, positive, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Schedule } from "../../schedule";
import { marchenkoPastur, type Spectrum, semicircle } from "../spectra";

/** Which random matrix couples the spins. */
export type SpectrumSpec = "semicircle" | { readonly kind: "marchenko-pastur"; readonly ratio: number };

/**
 * The spherical Sherrington-Kirkpatrick model, planted or not: loss L = −x·A x/2, A = ΔW + signal·x*x*ᵀ/N, under
 * Langevin dynamics dx = −η(∇L + z x) dt + η √(2T) dW on |x|² = N (learning-rate schedules paper, sections 2.1 and 3.1), or
 * under projected gradient descent with steps of length 1 in t.
 */
export interface SphericalSk {
  /** T ≥ 0. */
  readonly temperature: number;
  readonly schedule: Schedule;
  /** Standard deviation Δ of the noise matrix: its spectrum ends at 2Δ. */
  readonly noise: number;
  /** Strength of the planted signal: 0 or 1. */
  readonly signal: 0 | 1;
  readonly spectrum: SpectrumSpec;
  /**
   * N of a planted system that starts at random: its outlier then has the initial weight spikeWeight/N. null: infinite,
   * where a random start never finds the signal.
   */
  readonly size: number | null;
  /** Z², the square of the start's component along the outlier; "random": averaged over its χ² law. */
  readonly spikeWeight: number | "random";
  /** Overlap of the start with the signal in the infinite system; null: a random start. */
  readonly initialOverlap: number | null;
}

/** Median of χ² with one degree of freedom: the typical Z² of a random start. */
export const MEDIAN_SPIKE = 0.454936423119573;

/** The spectrum of the noise matrix: the bulk. */
export function bulkOf({ spectrum, noise }: Pick<SphericalSk, "spectrum" | "noise">): Spectrum {
  if (spectrum === "semicircle") return semicircle(noise);
  return marchenkoPastur(record("spectrum", spectrum).ratio, noise);
}

/** @throws InvalidParameterError for the first parameter that makes no sense. */
export function checkSphericalSk(problem: SphericalSk): void {
  const { temperature, noise, signal, spectrum, size, spikeWeight, initialOverlap } = record(
    "problem",
    problem,
  );
  nonNegative("temperature", temperature);
  positive("noise", noise);
  if (signal !== 0 && signal !== 1) throw new InvalidParameterError("signal", signal, "0 or 1");
  if (spectrum !== "semicircle") {
    positive("spectrum.ratio", record("spectrum", spectrum).ratio);
    between("spectrum.ratio", spectrum.ratio, 0, 1);
    if (signal !== 0) {
      throw new InvalidParameterError("spectrum", spectrum, '"semicircle", where there is a signal');
    }
  }
  if (size !== null) integerAtLeast("size", size, 5);
  if (spikeWeight !== "random") positive("spikeWeight", spikeWeight);
  if (size !== null && spikeWeight !== "random" && spikeWeight >= size) {
    throw new InvalidParameterError("spikeWeight", spikeWeight, `below the size, ${size}`);
  }
  if (initialOverlap === null) return;
  between("initialOverlap", initialOverlap, -1, 1);
  if (signal === 0) {
    throw new InvalidParameterError("initialOverlap", initialOverlap, "null, where there is no signal");
  }
  if (size !== null) {
    const allowed = "null together with a size: a start with an overlap is solved in the infinite system";
    throw new InvalidParameterError("initialOverlap", initialOverlap, allowed);
  }
}
