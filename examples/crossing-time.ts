/** When does descent find the signal? Crossing times of the spiked matrix-tensor model against the noise of its matrix. */
import { solve } from "twotime";

for (const matrixNoise of [0.2, 0.3, 0.4]) {
  const parameters = { p: 3, matrixNoise, tensorNoise: 6, temperature: 0, initialOverlap: 1e-4 };
  const theory = await solve({ system: "spiked-matrix-tensor", parameters }, { until: 60 });
  const times = Float64Array.from({ length: 6000 }, (_, k) => (k + 1) / 100);
  const { overlap } = theory.sample(times).series;
  const end = overlap[overlap.length - 1];
  const crossing = times[overlap.findIndex((m) => m >= end / 2)];
  console.log(
    `Δ2 = ${matrixNoise}: the overlap passes half of ${end.toFixed(3)} at t = ${crossing.toFixed(2)}`,
  );
}
