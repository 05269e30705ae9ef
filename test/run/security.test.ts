import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckpoint } from "../../src/run/checkpoint";
import { openFolder } from "../../src/run/open-folder";
import { readConfig } from "../../src/run/read-config";
import { computePoint } from "../../src/run/sweep/compute-point";
import { parseJob } from "../../src/run/sweep/queue/messages";
import { parseConfig } from "../../src/systems/config/config";

/** A test for each claim of docs/security.md that no other test makes. */

const newFolder = () => mkdtempSync(join(tmpdir(), "twotime-"));
function fileWith(text: string): string {
  const path = join(newFolder(), "config");
  writeFileSync(path, text);
  return path;
}
const refused = (path: string) => readConfig(path).then((config) => parseConfig(config, "predict"));
const config = { system: "p-spin", parameters: { p: 3 } };

describe("configs are data, never code", () => {
  it.each([
    ["a function", "system: !!js/function 'function () { globalThis.harmed = 1 }'"],
    ["a tag of another language", "system: !!python/object/apply:os.system ['touch harmed']"],
    ["JavaScript", "({ system: (globalThis.harmed = 1) })"],
    ["a billion laughs", laughs()],
  ])("%s in a config is refused, and nothing is done", async (_, text) => {
    await expect(refused(fileWith(text))).rejects.toMatchObject({ name: "InvalidParameterError" });
    expect(Reflect.get(globalThis, "harmed")).toBeUndefined();
    expect(existsSync("harmed")).toBe(false);
  });

  it.each(['{"__proto__": {"harmed": 1}}', '{"constructor": {"prototype": {"harmed": 1}}}'])(
    "%s changes no other object",
    async (text) => {
      await expect(refused(fileWith(text))).rejects.toMatchObject({ name: "InvalidParameterError" });
      expect(Reflect.get({}, "harmed")).toBeUndefined();
    },
  );

  it("a text where a number belongs is not worked out", () => {
    const wrong = { ...config, parameters: { p: 3, temperature: "process.exit(1)" } };
    expect(() => parseConfig(wrong, "predict")).toThrow(
      expect.objectContaining({ parameter: "parameters.temperature" }),
    );
  });
});

/** Each line holds the one before nine times. */
function laughs(): string {
  const lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"];
  for (let k = 1; k < 12; k++)
    lines.push(
      `a${k}: &a${k} [${Array(9)
        .fill(`*a${k - 1}`)
        .join()}]`,
    );
  return lines.join("\n");
}

describe("what is read is bounded", () => {
  it("a config beyond 4 MB is refused, one without an end too", async () => {
    await expect(readConfig(fileWith(`{"a": "${"x".repeat(4e6)}"}`))).rejects.toThrow("at most 4 MB");
    await expect(readConfig("/dev/zero")).rejects.toThrow("at most 4 MB");
  });

  it("a job of a queue with a config beyond 4 MB is refused", () => {
    const large = { ...config, more: "x".repeat(4e6) };
    const job = { version: "1", hash: "0".repeat(32), verb: "predict", config: large, timeLimit: null };
    expect(() => parseJob(job)).toThrow("more than 4 MB");
  });
});

describe("names do not leave their folder", () => {
  it.each(["../out", "a/../../out", "/tmp/out", "..", "."])("%j is refused", async (name) => {
    const parent = newFolder();
    const files = await openFolder(join(parent, "run"), "--out");
    await expect(files.write(name, "harm")).rejects.toThrow("leads out of the folder");
    await expect(files.read(name)).rejects.toThrow("leads out of the folder");
    expect(readdirSync(parent)).toEqual(["run"]);
  });
});

describe("a checkpoint", () => {
  it("with a bit changed is refused, and left as it is", async () => {
    const folder = newFolder();
    const store = await openCheckpoint(folder);
    const arrays = { state: Float64Array.of(1, 2) };
    const rest = { system: "s", parametersHash: "h", solver: "x", version: "1", scalars: { n: 1 } };
    await store.save({ ...rest, arrays });
    const [name] = readdirSync(folder);
    const path = join(folder, name);
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(path, bytes);
    await expect(store.load()).rejects.toMatchObject({ name: "InvalidParameterError" });
    expect(readFileSync(path)).toEqual(bytes);
  });
});

describe("a job of a queue", () => {
  it("that names a file in its config has nobody read it", async () => {
    const file = fileWith("step,loss\n1,1\n2,0.5\n");
    const fit = {
      system: "random-features",
      parameters: { targetExponent: 1.5, spectrumExponent: 1.5, schedule: 1, horizon: 10 },
      optimise: { fit: file },
    };
    const hash = "0".repeat(32);
    const { status, message } = await computePoint({ hash, verb: "optimise", config: fit });
    expect({ status, message }).toEqual({
      status: "failed",
      message: expect.stringContaining("optimise.fit"),
    });
  });
});
