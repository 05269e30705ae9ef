import { afterEach, describe, expect, it, vi } from "vitest";
import { parsePlan } from "../../../src/run/sweep/plan";
import { createPoints } from "../../../src/run/sweep/points";
import { addressOf, connect, redisUrl } from "../../../src/run/sweep/queue/connection";
import { parseJob, parseResult } from "../../../src/run/sweep/queue/messages";
import { runSweep } from "../../../src/run/sweep/run-sweep";
import { sweep } from "../../../src/run/sweep/sweep";
import { newFolder, thisThread } from "./this-thread";

afterEach(() => vi.unstubAllEnvs());

const secret = "redis://me:s3cret@queue.example:6380/2";

describe("the address of a queue", () => {
  it("comes from the flag, or from the environment, which no other user can read", () => {
    expect(redisUrl(secret)).toBe(secret);
    vi.stubEnv("TWOTIME_REDIS", "rediss://:s3cret@other");
    expect(redisUrl(undefined)).toBe("rediss://:s3cret@other");
  });

  it("is shown without name and password", () => {
    expect(addressOf(secret)).toBe("redis://queue.example:6380/2");
  });

  it.each(["http://me:s3cret@x", "redis://me:s3cret@", "s3cret", "redis://x:s3cret@y/db", "unix:/s3cret"])(
    "%j is refused, and its password told nobody",
    (url) => {
      expect(() => redisUrl(url)).toThrow(
        expect.objectContaining({ parameter: "--redis", message: expect.not.stringContaining("s3cret") }),
      );
    },
  );

  it("that nobody answers at is an error in one line without the password", async () => {
    const failed = connect("redis://:s3cret@127.0.0.1:1", undefined, 300).catch((error) => error.message);
    expect(await failed).toMatch(/^the queue at redis:\/\/127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED/);
    expect(await failed).not.toContain("s3cret");
  });
});

const base = { system: "p-spin", parameters: { p: 3, temperature: 0.5 } };

describe("what a queue holds", () => {
  it("is a point where the name is that of its config, and nothing else", async () => {
    const points = await createPoints(parsePlan({ verb: "predict", base }));
    const job = { hash: points.hashes[0], verb: "predict", config: base, timeLimit: null };
    const data = { version: "1.0.0", ...job };
    expect(parseJob(JSON.parse(JSON.stringify(data)))).toEqual(job);
    const others = [
      { ...data, config: { ...base, parameters: { p: 3, temperature: 0.6 } } },
      { ...data, verb: "solve" },
      { ...data, more: 1 },
      { ...data, timeLimit: -1 },
      { ...data, config: "p-spin" },
      { ...data, config: JSON.parse('{"__proto__": {"system": "p-spin"}}') },
      null,
    ];
    for (const other of others) expect(() => parseJob(other)).toThrow();
  });

  it("is a result where it is of that point and has rows of numbers and words, and nothing else", () => {
    const row = { quantity: "loss", time: 1, value: -0.5, index: [0, 1], error: 1e-9 };
    const result = { hash: "ab", status: "done", rows: [row], seconds: 1 };
    expect(parseResult(result, "ab")).toEqual(result);
    const others = [
      { ...result, hash: "cd" },
      { ...result, rows: [{ ...row, value: { path: 1 } }] },
      { ...result, rows: [{ ...row, file: "x" }] },
      { ...result, status: "fine" },
      { ...result, rows: "none" },
      undefined,
    ];
    for (const other of others) expect(() => parseResult(other, "ab")).toThrow("no result of this point");
  });
});

it("fields go through no queue, and are nothing for a verb without functions of two times", async () => {
  const fields = { points: 5 };
  const config = { ...base, method: { kind: "uniform", until: 1 }, report: { fields } };
  const solving = parsePlan({ verb: "solve", base: config });
  const { hashes } = await createPoints(solving);
  const job = { version: "1.0.0", hash: hashes[0], verb: "solve", config, timeLimit: null };
  expect(() => parseJob(job)).toThrow("a job that asks for fields, which go through no queue");
  const engine = { ...thisThread, name: "bullmq", keepsFields: false };
  await expect(runSweep({ plan: solving, folder: newFolder(), engine })).rejects.toThrow(
    "report.fields is {}; allowed: nothing with --engine bullmq, which keeps rows alone",
  );
  await expect(sweep({ verb: "solve", base: config }).table()).rejects.toMatchObject({
    parameter: "report.fields",
  });
  for (const verb of ["predict", "simulate"])
    await expect(createPoints(parsePlan({ verb, base: config }))).rejects.toMatchObject({
      parameter: "report.fields",
    });
});
