import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { agingTwoTime } from "./aging-two-time";
import { type Benchmark, type Result, runBenchmark } from "./benchmark";
import { printCosts } from "./costs";
import { dmft } from "./dmft";
import { kernels } from "./kernels";
import { labelNoise } from "./label-noise";
import { particles } from "./particles";
import { phaseRetrievalSteps } from "./phase-retrieval";
import { randomFeatures } from "./random-features";
import { reducedProcess } from "./reduced-process";
import { sphericalSk } from "./spherical-sk";
import { sweeps } from "./sweeps";
import { formatPage, formatTable } from "./table";
import { uniformTwoTime } from "./uniform-two-time";
import { vectors } from "./vectors";
import { twoWorkers } from "./workers";

/** Every benchmark file, by the name it is asked for with; a new file is added here. */
const SUITES: Readonly<Record<string, () => readonly Benchmark[]>> = {
  "uniform-two-time": uniformTwoTime,
  "aging-two-time": agingTwoTime,
  "reduced-process": reducedProcess,
  "label-noise": labelNoise,
  vectors,
  kernels,
  dmft,
  "phase-retrieval": phaseRetrievalSteps,
  particles,
  "random-features": randomFeatures,
  "spherical-sk": sphericalSk,
  sweeps,
  workers: twoWorkers,
};
const REPEATS = 5;

const asked = process.argv.slice(2);
// The table of docs/which-method.md, in which ours is compared with ours.
if (asked.length === 1 && asked[0] === "costs") {
  await printCosts(console.log);
  process.exit(0);
}
const unknown = asked.filter((name) => !Object.hasOwn(SUITES, name));
if (unknown.length > 0) {
  console.error(
    `no benchmark called ${unknown.join(", ")}; there are: ${[...Object.keys(SUITES), "costs"].join(", ")}`,
  );
  process.exit(2);
}

const names = asked.length > 0 ? asked : Object.keys(SUITES);
const results: Result[] = [];
for (const benchmark of names.flatMap((name) => SUITES[name]())) {
  console.log(`running: ${benchmark.name}`);
  results.push(await runBenchmark(benchmark, REPEATS));
}
console.log(`\n${formatTable(results)}`);
// Only a full run with its yardsticks is worth keeping.
if (asked.length === 0 && results.every((result) => result.ratio !== undefined)) {
  writeFileSync(fileURLToPath(new URL("results.md", import.meta.url)), formatPage(results, REPEATS));
}
