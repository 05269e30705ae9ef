/** Which momentum is fastest on the zero-loss manifold? Time scales of the UV model along β = 1 − C η^γ. */
import { predict } from "twotime";

const learningRate = 1e-4;
for (const exponent of [0.4, 0.5, 0.6, 2 / 3, 0.75, 0.85]) {
  const { relaxationTime, driftTime } = await predict({
    system: "label-noise-momentum",
    parameters: { model: "uv", learningRate, momentum: { prefactor: 0.1, exponent }, n: 100, samples: 5 },
  });
  const slower = Math.max(Number(relaxationTime), Number(driftTime));
  console.log(
    `γ = ${exponent.toFixed(2)}: relaxation ${Number(relaxationTime).toExponential(2)}, drift ${Number(driftTime).toExponential(2)} steps, slower ${slower.toExponential(2)}`,
  );
}
