import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { ConvergenceError, InterruptedError, InvalidParameterError } from "../../src/core/errors";
import type { Progress } from "../../src/core/options";
import { type PoolTask, serialPool } from "../../src/core/pool";
import { pureCovariance } from "../../src/models/covariance";
import { quadraticNetwork } from "../../src/models/quadratic-network/network";
import { createPool, type PoolOptions } from "../../src/run/pool";
import { createSchedule } from "../../src/schedule";
import { solveNetworkSde } from "../../src/sde/quadratic-network";
import { simulateSphericalLandscape } from "../../src/simulate/landscape";
import { simulateNetwork } from "../../src/simulate/quadratic-network";
import { findTask } from "../../src/systems/tasks";
import { arrays, endless, failing, leaks, paced, square, stopsItself } from "./user-tasks";

const worker = { url: new URL("../../src/run/source-worker.mjs", import.meta.url) };
const pools = new Map<number, ReturnType<typeof createPool>>();

/** A pool that always works in its workers; one for each number of them. */
function poolOf(workers: number) {
  if (!pools.has(workers)) pools.set(workers, createPool({ workers, startAfter: 0, worker }));
  return pools.get(workers)!;
}
afterAll(() => Promise.all([...pools.values()].map((pool) => pool.close())));

// biome-ignore lint/suspicious/noExplicitAny: an error is looked at field by field
const caught = (work: Promise<unknown>): Promise<any> => work.catch((error) => error);

describe("results", () => {
  const options = { size: 30, samples: 21, seed: 20261122, step: 0.05, until: 1 };
  const landscape = (pool = serialPool) =>
    simulateSphericalLandscape(
      { covariance: pureCovariance(3), temperature: 0.5, schedule: createSchedule(1) },
      { ...options, replicas: 2, pairs: [[1, 0.5]], keepCurves: true },
      { pool },
    );
  const network = (pool = serialPool) =>
    simulateNetwork(
      {
        network: quadraticNetwork({ learningRate: 0.08, labelNoise: 0.3, dimension: 300 }),
        start: "random",
        exit: { on: "risk", threshold: 0.5 },
      },
      { process: "exact", samples: 50, seed: 20261122, until: 1.5, times: [0.2, 1], keepCurves: true },
      { pool },
    );

  const paths = async (pool = serialPool) => {
    const { mean, exitTimes } = await solveNetworkSde(
      quadraticNetwork({ learningRate: 0.2, dimension: 200 }),
      "random",
      {
        samples: 21,
        seed: 20261122,
        step: 0.01,
        until: 2,
        scheme: "euler",
        exit: { on: "risk", threshold: 0.5 },
      },
      { pool },
    );
    return { exitTimes, ...mean.sample([0.5, 2]) };
  };

  it.each([1, 3])("are the same to the last bit with %d workers", async (workers) => {
    expect(await landscape(poolOf(workers))).toEqual(await landscape());
    const parallel = await network(poolOf(workers));
    expect(parallel).toEqual(await network());
    expect(parallel.events.exitTime.length).toBe(50);
    expect(await paths(poolOf(workers))).toEqual(await paths());
  });

  it("come in the order of the pieces, from the user's own module", async () => {
    const pieces = [...Array(40).keys()];
    expect(await poolOf(3).map(square, pieces)).toEqual(pieces.map((x) => x * x));
  });

  it("of a function without a module are computed in this thread", async () => {
    let calls = 0;
    const count: PoolTask<number, number> = { name: "count", run: (x) => x + 10 * ++calls };
    expect(await poolOf(3).map(count, [1, 2])).toEqual([11, 22]);
    expect(await poolOf(3).map(square, [5])).toEqual([25]);
  });
});

describe("arrays", () => {
  it("are moved, not copied, and nothing that the worker still needs", async () => {
    const [made, seen] = await poolOf(1).map(arrays, ["make", "look"]);
    expect(seen).toEqual({ returned: 0, room: 10, wasm: 65536 });
    expect(made.returned).toEqual(new Float64Array(100_000).fill(1));
    expect(made.twice).toBe(made.returned);
    expect(made.part).toEqual(Float64Array.of(7, 7, 7));
    expect(made.whole).toEqual(new Float64Array(8192).fill(5));
    const [{ shared }, map] = made.nested as [{ shared: Float64Array }, Map<number, Float64Array>];
    expect(shared).toEqual(Float64Array.of(3, 3));
    expect(shared.buffer).toBeInstanceOf(ArrayBuffer);
    expect(map.get(1)).toEqual(new Float64Array(8192).fill(4));
  });

  it("of pieces stay where they are", async () => {
    const piece = Float64Array.of(1, 2);
    const found = await caught(poolOf(1).map(square as never, [piece, piece]));
    expect(found).toEqual([Number.NaN, Number.NaN]);
    expect([...piece]).toEqual([1, 2]);
  });
});

describe("an error in a worker", () => {
  it("names the first piece that failed and stays what it is", async () => {
    const early = await caught(poolOf(3).map(failing, [0, 2, 3, 5, 7]));
    expect(early).toBeInstanceOf(ConvergenceError);
    expect(early.message).toBe("It blew up. Wait. (piece 3 of 5 of failures)");
    expect(early.details).toEqual({ reached: 3, advice: "Wait.", partial: [0, 2, [3]] });
    expect(early.cause).toBeInstanceOf(ConvergenceError);
    expect(early.cause.stack).toContain("user-tasks");

    const parameter = await caught(poolOf(3).map(failing, [0, 5]));
    expect(parameter).toBeInstanceOf(InvalidParameterError);
    expect(parameter).toMatchObject({ parameter: "width", value: -1, allowed: "a width above 0" });

    const other = await caught(poolOf(3).map(failing, [0, 7]));
    expect(other.message).toBe("out of range (piece 2 of 2 of failures)");
    expect(other.cause.name).toBe("RangeError");
  });

  it("is told where a result cannot leave the worker, or a piece cannot enter it", async () => {
    await expect(poolOf(3).map(leaks, [1, 2])).rejects.toThrow(
      /function cannot leave.*piece 1 of 2 of leaks/,
    );
    const withFunction = [() => 1, () => 2] as never[];
    await expect(poolOf(3).map(square, withFunction)).rejects.toThrow(/could not be cloned.*piece 1 of 2/);
    expect(await poolOf(3).map(square, [1, 2])).toEqual([1, 4]);
  });

  it("is told where the module or the worker's program is not there", async () => {
    const nowhere = { ...square, module: new URL("nowhere.mjs", import.meta.url).href };
    await expect(poolOf(3).map(nowhere, [1, 2])).rejects.toThrow(/nowhere\.mjs/);
    const wrong = { ...square, name: "cubes" };
    await expect(poolOf(3).map(wrong, [1, 2])).rejects.toThrow(/no task with the name "cubes"/);
    const plain = { ...square, module: "squares.js" };
    await expect(poolOf(3).map(plain, [1, 2])).rejects.toMatchObject({ parameter: "task.module" });
    const broken = createPool({ startAfter: 0, worker: { url: new URL("nowhere.mjs", import.meta.url) } });
    await expect(broken.map(square, [1, 2])).rejects.toThrow(/nowhere\.mjs/);
    await broken.close();
    expect(() => createPool({ workers: 0 })).toThrow(InvalidParameterError);
  });
});

describe("an abort", () => {
  it("keeps the finished pieces, what others hand over, and ends those that do not answer", async () => {
    const controller = new AbortController();
    const onProgress = ({ done }: Progress) => done >= 1.5 && controller.abort();
    const work = poolOf(3).map(endless, [0, 1, 2, 3], { signal: controller.signal, onProgress });
    const error = await caught(work);
    expect(error).toBeInstanceOf(InterruptedError);
    expect(error.partial).toEqual(["whole", "half", undefined, undefined]);
    // The workers that were ended are replaced.
    expect(await poolOf(3).map(square, [1, 2, 3, 4])).toEqual([1, 4, 9, 16]);
  });

  it("of a piece by itself stops the later ones", async () => {
    const error = await caught(poolOf(3).map(stopsItself, [0, 1, 2, 3]));
    expect(error).toBeInstanceOf(InterruptedError);
    expect(error.partial.slice(0, 2)).toEqual([0, -1]);
  });

  it("from the start begins nothing", async () => {
    const error = await caught(poolOf(3).map(endless, [0, 2], { signal: AbortSignal.abort() }));
    expect(error.partial).toEqual([undefined, undefined]);
  });
});

describe("progress", () => {
  it("grows to the number of pieces", async () => {
    const told: Progress[] = [];
    await poolOf(3).map(paced, [1, 2, 3, 4, 5], { onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toEqual({ label: "steps", done: 5, total: 5 });
    const done = told.map((progress) => progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.some((x) => !Number.isInteger(x))).toBe(true);
  });
});

describe("a pool", () => {
  const program = fileURLToPath(new URL("idle-pool.ts", import.meta.url));
  const started = (options: PoolOptions) =>
    new Promise<string>((resolve) => {
      const child = spawn(process.execPath, ["--import", "tsx", program, JSON.stringify(options)]);
      let said = "";
      child.stdout.on("data", (text) => (said += text));
      child.stderr.on("data", (text) => (said += text));
      child.on("close", (status) => resolve(`${said}status ${status}`));
    });

  it("that is idle lets the process end, and starts no worker for little work", async () => {
    expect(await started({ workers: 2, startAfter: 0 })).toBe("[1,4,9] in workers\nstatus 0");
    expect(await started({ workers: 2, startAfter: 5000 })).toBe("[1,4,9] here\nstatus 0");
  });

  it("knows every task of this package", async () => {
    const root = fileURLToPath(new URL("../../src/", import.meta.url));
    const paths = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !/^(core|run|kernels)\b/.test(path))
      .filter((path) => /\b(PoolTask|sampleTask)\b/.test(readFileSync(join(root, path), "utf8")));
    const modules: Record<string, unknown>[] = await Promise.all(
      paths.map((path) => import(join(root, path))),
    );
    const isTask = (value: unknown): value is PoolTask<unknown, unknown> =>
      typeof value === "object" && (value as PoolTask<unknown, unknown>)?.module === "twotime";
    const found = new Set(modules.flatMap((exports) => Object.values(exports)).filter(isTask));
    expect(found.size).toBeGreaterThanOrEqual(3);
    for (const task of found) expect(await findTask(task.name, "twotime")).toBe(task);
  });
});
