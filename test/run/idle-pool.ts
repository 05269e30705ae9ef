import { isMainThread } from "node:worker_threads";
import { createPool } from "../../src/run/pool";

/** Uses a pool and does not close it; says where the pieces were computed. */
const task = {
  name: "squares and places",
  module: import.meta.url,
  run: (x: number) => ({ square: x * x, place: isMainThread ? "here" : "in workers" }),
};

export { task };

if (isMainThread) {
  const worker = { url: new URL("../../src/run/source-worker.mjs", import.meta.url) };
  const pool = createPool({ ...JSON.parse(process.argv[2]), worker });
  const results = await pool.map(task, [1, 2, 3]);
  const places = new Set(results.map(({ place }) => place));
  console.log(`${JSON.stringify(results.map(({ square }) => square))} ${[...places].join()}`);
}
