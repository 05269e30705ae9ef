import fc from "fast-check";
import { CALLS, CONFIGS, malformed, SEED, verbs } from "./malformed";
import { runCase } from "./run-case";

/** Runs all malformed inputs in this process, and prints what the slowest took and the most memory at any time. */
const options = { seed: SEED };
const inputs: readonly unknown[] = [
  ...fc.sample(malformed, { ...options, numRuns: CONFIGS }).map(({ config }) => config),
  ...fc.sample(fc.anything(), { ...options, numRuns: CALLS }),
];
const called = fc.sample(verbs, { ...options, numRuns: inputs.length });
let [slowest, refused] = [0, 0];
for (const [k, input] of inputs.entries()) {
  const before = process.cpuUsage();
  const { exit } = await runCase(called[k], input);
  const { user, system } = process.cpuUsage(before);
  slowest = Math.max(slowest, (user + system) / 1e6);
  if (exit === 2) refused++;
}
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ inputs: inputs.length, refused, slowest, megabytes }));
