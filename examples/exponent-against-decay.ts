/** How fast does the loss reach the threshold? Its local exponent along decays η = 0.5 (1 + t)^-β, beside the limit. */
import { predict, solve } from "twotime";

for (const exponent of [0.2, 0.4, 0.6]) {
  const parameters = { p: 3, temperature: 1, schedule: { kind: "power-law", rate: 0.5, exponent } } as const;
  const { lossExponent } = await predict({ system: "p-spin", parameters });
  const theory = await solve({ system: "p-spin", parameters }, { until: 1e7 });
  const local = theory.sample([1e3, 1e5, 1e7]).series.lossExponent;
  const text = Array.from(local, (value) => value.toFixed(3)).join(", ");
  console.log(`β = ${exponent}: ${text} at t = 1e3, 1e5, 1e7; limit ${Number(lossExponent).toFixed(3)}`);
}
