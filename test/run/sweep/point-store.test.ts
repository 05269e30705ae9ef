import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PointResult } from "../../../src/run/sweep/engine";
import { openPointStore } from "../../../src/run/sweep/point-store";

const newFolder = () => mkdtempSync(join(tmpdir(), "twotime-store-"));
const result = (hash: string, value: number, status: PointResult["status"] = "done"): PointResult => ({
  hash,
  status,
  rows: [{ quantity: "loss", time: 1, value }],
  seconds: 0.1,
});
const journalsOf = (folder: string) =>
  readdirSync(join(folder, "points")).map((file) => join(folder, "points", file));

async function kept(folder: string, results: readonly PointResult[]): Promise<void> {
  const store = await openPointStore(folder);
  for (const one of results) store.put(one);
  await store.flush();
  await store.close();
}

describe("the store of points", () => {
  it("gives back what it took, before and after it is on the disk, and in another process", async () => {
    const folder = newFolder();
    const store = await openPointStore(folder);
    store.put(result("aa", 0.1));
    expect(store.statusOf("aa")).toBe("done");
    expect(await store.get("aa")).toEqual(result("aa", 0.1));
    await store.flush();
    expect(await store.get("aa")).toEqual(result("aa", 0.1));
    await store.close();
    const again = await openPointStore(folder);
    expect(await again.get("aa")).toEqual(result("aa", 0.1));
    expect(again.statusOf("bb")).toBeUndefined();
    await again.close();
  });

  it("keeps the first result of a point that is done, and replaces one that failed", async () => {
    const folder = newFolder();
    await kept(folder, [result("aa", 1), result("bb", 1, "failed")]);
    await kept(folder, [result("aa", 2), result("bb", 2)]);
    const store = await openPointStore(folder);
    expect(await store.get("aa")).toEqual(result("aa", 1));
    expect(await store.get("bb")).toEqual(result("bb", 2));
    await store.close();
  });

  it("loses only the line that is cut off or has a bit flipped", async () => {
    const folder = newFolder();
    const all = ["aa", "bb", "cc"].map((hash, k) => result(hash, k));
    await kept(folder, all);
    const [path] = journalsOf(folder);
    const whole = readFileSync(path);
    const survivors = async () => {
      const store = await openPointStore(folder);
      const found = all.filter(({ hash }) => store.statusOf(hash)).map(({ hash }) => hash);
      for (const one of all) if (found.includes(one.hash)) expect(await store.get(one.hash)).toEqual(one);
      await store.close();
      return { found, damaged: store.damaged };
    };
    writeFileSync(path, whole.subarray(0, whole.length - 20));
    expect(await survivors()).toEqual({ found: ["aa", "bb"], damaged: 1 });
    // Any bit of the middle line but those of its ends, which it shares with its neighbours.
    const [from, to] = [whole.indexOf(10) + 1, whole.indexOf(10, whole.indexOf(10) + 1)];
    for (let k = 0; k < 60; k++) {
      const flipped = Buffer.from(whole);
      flipped[from + Math.floor(((to - from) * k) / 60)] ^= 1 << (k % 8);
      writeFileSync(path, flipped);
      const { found } = await survivors();
      expect(found).not.toContain("bb");
      expect(found).toContain("aa");
    }
  });

  it("tells what keeps it from writing, and writes whole lines after a write that failed halfway", async () => {
    const folder = newFolder();
    const failures: Error[] = [];
    const full = await openPointStore(folder, {
      onFailure: (error) => failures.push(error),
      async write(file, bytes, offset) {
        await file.write(bytes, 0, 10, offset);
        throw new Error("ENOSPC: no space left on device");
      },
    });
    full.put(result("aa", 1));
    await expect(full.flush()).rejects.toThrow("ENOSPC");
    expect(failures.map(({ message }) => message)).toEqual(["ENOSPC: no space left on device"]);
    full.put(result("bb", 1));
    expect([full.statusOf("aa"), full.statusOf("bb")]).toEqual([undefined, undefined]);
    await full.close();
    await kept(folder, [result("aa", 1)]);
    const store = await openPointStore(folder);
    expect(await store.get("aa")).toEqual(result("aa", 1));
    expect(store.damaged).toBe(1);
    await store.close();
  });
});
