import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLocalEngine } from "../../../src/run/sweep/local";
import { parsePlan } from "../../../src/run/sweep/plan";
import { connect, loadQueue } from "../../../src/run/sweep/queue/connection";
import { createQueueEngine } from "../../../src/run/sweep/queue/engine";
import { idOf, QUEUE } from "../../../src/run/sweep/queue/messages";
import { serveQueue } from "../../../src/run/sweep/queue/worker";
import { runSweep } from "../../../src/run/sweep/run-sweep";
import { fileWith, launcher, twotime } from "../../cli/spawn";
import { haveRedis, type RedisServer, startRedis } from "../../debian/redis";
import { newFolder } from "./this-thread";

const isThere = haveRedis();
let redis: RedisServer;
/** Whatever a test starts: stopped after it, come what may. */
const started = new Set<ChildProcess>();
beforeAll(async () => {
  if (!isThere) return;
  await twotime(["--version"]);
  redis = await startRedis();
});
afterAll(async () => {
  for (const child of started) child.kill("SIGKILL");
  await redis?.remove();
});

const solving = (points: number, steps: number) =>
  parsePlan({
    verb: "solve",
    base: {
      system: "p-spin",
      parameters: { p: 3 },
      method: { kind: "uniform", until: 1, points: steps },
      report: { times: [1], quantities: ["loss", "multiplier"] },
    },
    vary: { "parameters.temperature": Array.from({ length: points }, (_, k) => 0.1 + k / points) },
  });

const tableOf = (folder: string) => readFileSync(join(folder, "table.csv"), "utf8");
const failuresOf = (folder: string) => readFileSync(join(folder, "failures.csv"), "utf8").trim().split("\n");
const milliseconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count));

async function localTable(plan: ReturnType<typeof parsePlan>): Promise<string> {
  const folder = newFolder();
  const engine = createLocalEngine({ workers: 2 });
  await runSweep({ plan, folder, engine }).finally(engine.close);
  return tableOf(folder);
}

/** `twotime worker` in a process of its own. */
function startWorker(threads = 1, env: NodeJS.ProcessEnv = { ...process.env, TWOTIME_REDIS: redis.url }) {
  const args = [launcher, "worker", "--threads", String(threads)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"], env });
  let said = "";
  child.stderr.on("data", (piece) => (said += piece));
  started.add(child);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    child,
    said: () => said,
    async end(signal: "SIGINT" | "SIGKILL") {
      child.kill(signal);
      await ended;
      started.delete(child);
      return said;
    },
  };
}

/** A sweep by the queue, in this process, with what it says. */
async function queued(plan: ReturnType<typeof parsePlan>, more: { signal?: AbortSignal } = {}) {
  const folder = newFolder();
  const notices: string[] = [];
  const seen: string[] = [];
  const engine = await createQueueEngine({ url: redis.url, onNotice: (notice) => notices.push(notice) });
  const running = runSweep({
    plan,
    folder,
    engine,
    options: more,
    onResult: ({ hash }) => seen.push(hash),
  }).finally(engine.close);
  return { folder, notices, seen, running };
}

async function untilSeen(seen: readonly string[], count: number): Promise<void> {
  while (seen.length < count) await milliseconds(20);
}

describe.skipIf(!isThere)("a sweep by a queue", () => {
  it("makes the table that processes here make, and tells nobody the password", async () => {
    const plan = solving(40, 40);
    const workers = [startWorker(), startWorker(2)];
    const { folder, running, seen } = await queued(plan);
    expect(await running).toMatchObject({ status: "done", points: { total: 40, done: 40, failed: 0 } });
    const said = await Promise.all(workers.map((worker) => worker.end("SIGINT")));
    expect(tableOf(folder)).toBe(await localTable(plan));
    expect(new Set(seen).size).toBe(40);
    // Each point by one of them.
    const counts = said.map((text) => Number(/(\d+) points done, 0 failed/.exec(text)?.[1]));
    expect(counts[0] + counts[1]).toBe(40);
    const written = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.\w+$/.test(name))
      .map((name) => readFileSync(join(folder, name), "latin1"));
    for (const text of [...said, ...written]) expect(text).not.toContain(redis.password);
    // Nothing is left in the queue.
    const connection = await connect(redis.url);
    expect(await connection.keys(`*point-*`)).toEqual([]);
    connection.disconnect();
  });

  it("loses no point to twenty SIGKILLs of its workers, and counts none twice", async () => {
    const plan = solving(200, 100);
    const expected = await localTable(plan);
    const workers = [startWorker(), startWorker()];
    const { folder, running, seen } = await queued(plan);
    let isOver = false;
    void running.finally(() => {
      isOver = true;
    });
    let kills = 0;
    for (; kills < 20 && !isOver; kills++) {
      await untilSeen(seen, Math.min(195, 5 + 9 * kills));
      await workers[kills % 2].end("SIGKILL");
      workers[kills % 2] = startWorker();
    }
    expect(kills).toBe(20);
    expect(await running).toMatchObject({ status: "done", points: { total: 200, done: 200, failed: 0 } });
    await Promise.all(workers.map((worker) => worker.end("SIGINT")));
    expect(seen).toHaveLength(200);
    expect(tableOf(folder)).toBe(expected);
  });

  it("goes on where the server is stopped in the middle and started again", async () => {
    const plan = solving(60, 80);
    const workers = [startWorker(), startWorker()];
    const { folder, running, seen, notices } = await queued(plan);
    await untilSeen(seen, 15);
    await redis.stop();
    await milliseconds(2_000);
    await redis.start();
    expect(await running).toMatchObject({ status: "done", points: { total: 60, done: 60, failed: 0 } });
    expect(notices).toEqual(
      expect.arrayContaining(["the queue is away: waiting for it", "the queue is back"]),
    );
    await Promise.all(workers.map((worker) => worker.end("SIGINT")));
    expect(seen).toHaveLength(60);
    expect(tableOf(folder)).toBe(await localTable(plan));
  });

  it("has one result of a point that two workers were given, one of which had been frozen", async () => {
    const plan = solving(1, 400);
    const frozen = startWorker();
    const { running, seen, folder } = await queued(plan);
    // It has the point once it says that it serves, and is frozen with it until another one has computed it.
    const connection = await connect(redis.url);
    while ((await connection.llen(`bull:${QUEUE}:active`)) === 0) await milliseconds(20);
    frozen.child.kill("SIGSTOP");
    const other = startWorker();
    expect(await running).toMatchObject({ status: "done", points: { done: 1 } });
    frozen.child.kill("SIGCONT");
    await milliseconds(3_000);
    const said = await Promise.all([frozen, other].map((worker) => worker.end("SIGINT")));
    expect(said[1]).toContain("1 points done, 0 failed");
    expect(seen).toHaveLength(1);
    expect(tableOf(folder).trim().split("\n")).toHaveLength(3);
    expect(await connection.keys(`*point-*`)).toEqual([]);
    connection.disconnect();
  });

  it("names the points that always fail or never end, and no others", async () => {
    const worker = startWorker(2);
    const failing = await queued(
      parsePlan({
        verb: "solve",
        base: {
          system: "phase-retrieval",
          parameters: { sampleRatio: 2, initialOverlap: 0.5 },
          method: { kind: "causal", until: 0.5, runs: 2, trajectories: 256 },
          report: { times: [0.5], quantities: ["overlap"] },
        },
        vary: { "parameters.learningRate": [0.02, 0.05] },
      }),
    );
    expect(await failing.running).toMatchObject({
      status: "failed",
      points: { total: 2, done: 1, failed: 1 },
    });
    const endless = await queued(
      parsePlan({
        verb: "solve",
        base: { system: "p-spin", parameters: { p: 3 }, method: { kind: "uniform", until: 1 } },
        vary: { "method.points": [20, 2_000] },
        timeLimit: 3,
      }),
    );
    expect(await endless.running).toMatchObject({
      status: "failed",
      points: { total: 2, done: 1, failed: 1 },
    });
    await worker.end("SIGINT");
    expect(failuresOf(failing.folder)).toEqual([
      "point,parameters.learningRate,message",
      expect.stringMatching(/^1,0\.05,.*learningRate.*allowed: at most/),
    ]);
    expect(failuresOf(endless.folder)).toEqual([
      "point,method.points,message",
      expect.stringMatching(/^1,2000,stopped after its time limit of 3 s/),
    ]);
  });

  it("is refused by a worker of another version, which says so, and computed by one of its own", async () => {
    const said: string[] = [];
    const abort = new AbortController();
    const other = serveQueue({
      url: redis.url,
      threads: 1,
      signal: abort.signal,
      version: "0.0.0-other",
      onNotice: (notice) => said.push(notice),
    });
    const { running, notices } = await queued(solving(3, 20));
    while (!notices.some((notice) => /refuses these points: it is of version 0\.0\.0-other/.test(notice)))
      await milliseconds(50);
    expect(said).toEqual([expect.stringMatching(/^refused: points of version .*, this is 0\.0\.0-other$/)]);
    const worker = startWorker();
    expect(await running).toMatchObject({ status: "done", points: { done: 3 } });
    abort.abort();
    await Promise.all([other, worker.end("SIGINT")]);
  });

  it("that is cancelled leaves nothing in the queue, and its workers free", async () => {
    const worker = startWorker();
    const abort = new AbortController();
    const { running, seen } = await queued(solving(30, 200), { signal: abort.signal });
    await untilSeen(seen, 3);
    abort.abort();
    expect(await running).toMatchObject({ status: "interrupted" });
    const connection = await connect(redis.url);
    // A worker is told at once; what it had stays nowhere.
    const deadline = performance.now() + 5_000;
    while ((await connection.llen(`bull:${QUEUE}:active`)) > 0 && performance.now() < deadline)
      await milliseconds(50);
    expect(await connection.llen(`bull:${QUEUE}:active`)).toBe(0);
    expect(await connection.llen(`bull:${QUEUE}:wait`)).toBe(0);
    connection.disconnect();
    await worker.end("SIGINT");
  });

  it("finds what was computed while its submitter was gone", async () => {
    const plan = solving(6, 40);
    const { createPoints } = await import("../../../src/run/sweep/points");
    const { jobOf } = await import("../../../src/run/sweep/compute");
    const { version } = await import("../../../src/run/manifest");
    const points = await createPoints(plan);
    const { Queue } = await loadQueue();
    const connection = await connect(redis.url);
    const queue = new Queue(QUEUE, { connection });
    const jobs = points.hashes.map((hash, point) => ({
      name: "point",
      data: { version, ...jobOf(plan, points, point) },
      opts: { jobId: idOf(hash) },
    }));
    await queue.addBulk(jobs);
    const worker = startWorker();
    while ((await queue.getCompletedCount()) < 6) await milliseconds(50);
    await worker.end("SIGINT");
    // No worker is there any more: what there is, is what was kept.
    const { running, folder } = await queued(plan);
    expect(await running).toMatchObject({ status: "done", points: { done: 6 } });
    expect(tableOf(folder)).toBe(await localTable(plan));
    await queue.close();
    connection.disconnect();
  });

  it("computes no job that is no point, or that has another name than its config", async () => {
    const { Queue } = await loadQueue();
    const connection = await connect(redis.url);
    const queue = new Queue(QUEUE, { connection });
    const { version } = await import("../../../src/run/manifest");
    const base = {
      version,
      verb: "predict",
      config: { system: "p-spin", parameters: { p: 3 } },
      timeLimit: null,
    };
    const bad = [
      { ...base, hash: "0".repeat(32) },
      { ...base, hash: "../../etc/passwd" },
      { ...base, hash: "0".repeat(32), verb: "exec" },
      { nothing: 1 },
    ];
    const added = await Promise.all(bad.map((data) => queue.add("point", data)));
    const worker = startWorker();
    while ((await queue.getFailedCount()) < bad.length) await milliseconds(50);
    const reasons = await Promise.all(added.map(async ({ id }) => (await queue.getJob(id!))?.failedReason));
    expect(reasons).toEqual([
      "a job whose config is not that of its name",
      "a job of another shape: no point of a sweep",
      "a job of another shape: no point of a sweep",
      "a job without a version: no point of a sweep",
    ]);
    await worker.end("SIGINT");
    await queue.obliterate({ force: true });
    await queue.close();
    connection.disconnect();
  });
});

describe.skipIf(!isThere)("a queue with TLS", () => {
  it("is served with a certificate that is known, not without, and its password is told and stored nowhere", async () => {
    const server = await startRedis({ tls: true });
    const folder = newFolder();
    const plan = solving(8, 20);
    const file = fileWith("sweep.json", plan.source);
    const known = { ...process.env, TWOTIME_REDIS: server.url, NODE_EXTRA_CA_CERTS: server.certificate };
    const { NODE_EXTRA_CA_CERTS: _, ...unknown } = known;
    try {
      const call = ["sweep", file, "--out", folder, "--engine", "bullmq"];
      const refused = await twotime(call, { env: unknown });
      expect(refused.status).toBe(1);
      expect(refused.stderr).toMatch(
        /^error: the queue at rediss:\/\/127\.0\.0\.1:\d+ cannot be reached: self-signed certificate\n$/,
      );
      const worker = startWorker(1, known);
      const swept = await twotime(call, { env: known });
      expect(swept).toMatchObject({
        status: 0,
        stdout: `8 of 8 points done, 0 failed: ${folder}/table.csv\n`,
      });
      const said = await worker.end("SIGINT");
      expect(said).toContain("serving rediss://127.0.0.1:");
      expect(tableOf(folder)).toBe(await localTable(plan));
      const written = readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.\w+$/.test(name))
        .map((name) => readFileSync(join(folder, name), "latin1"));
      for (const text of [refused.stderr, swept.stderr, said, ...written])
        expect(text).not.toContain(server.password);
    } finally {
      await server.remove();
    }
  });
});
