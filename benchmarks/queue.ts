import { jobOf } from "../src/run/sweep/compute";
import { parsePlan } from "../src/run/sweep/plan";
import { createPoints } from "../src/run/sweep/points";
import { createQueueEngine } from "../src/run/sweep/queue/engine";
import { serveQueue } from "../src/run/sweep/queue/worker";
import { startRedis } from "../test/debian/redis";

// What the queue adds to 1000 points of a second each, on two workers with eight processes each (npx tsx benchmarks/queue.ts,
// about 70 seconds, redis-server of Debian; measured 2.6 % on 2 cores that others shared). The points sleep, so that only the overhead is measured. Target: at most 5 %.

const [POINTS, WORKERS, THREADS] = [1000, 2, 8];
const redis = await startRedis();
const abort = new AbortController();
const program = new URL("./sleeping-points.mjs", import.meta.url);
const serving = Array.from({ length: WORKERS }, () =>
  serveQueue({ url: redis.url, threads: THREADS, signal: abort.signal, program }),
);
const engine = await createQueueEngine({ url: redis.url });
const plan = parsePlan({
  verb: "predict",
  base: { system: "p-spin", parameters: { p: 3 } },
  vary: { "parameters.temperature": { from: 0.1, to: 1, points: POINTS + 2 * WORKERS * THREADS } },
});
const points = await createPoints(plan);
const jobs = points.hashes.map((_, point) => jobOf(plan, points, point));
const compute = (some: typeof jobs) => engine.compute(some, { onResult: () => {} });
// All processes are started by the first points.
await compute(jobs.slice(POINTS));
const start = performance.now();
await compute(jobs.slice(0, POINTS));
const seconds = (performance.now() - start) / 1000;
const ideal = Math.ceil(POINTS / (WORKERS * THREADS));
console.log(
  `${POINTS} points of 1 s on ${WORKERS} workers with ${THREADS} processes each: ${seconds.toFixed(1)} s, at best ${ideal} s: overhead ${(100 * (seconds / ideal - 1)).toFixed(1)} %`,
);
abort.abort();
await Promise.all([engine.close(), ...serving]);
await redis.remove();
