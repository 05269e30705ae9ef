import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { fieldsToHdf5, readFields } from "../../src/run/fields-file";
import { loadRun } from "../../src/run/run-folder";
import type { Fields } from "../../src/systems/fields/lay-out";
import { findSystem } from "../../src/systems/registry";
import { writeRun } from "./write-run";

const fields: Fields = {
  time: Float64Array.of(1 / 3, 2),
  timePrime: Float64Array.of(0, 0.1, Number.NaN, 0, 0.1, 2),
  grid: "rows",
  shape: [2, 3],
  functions: {
    correlation: {
      value: Float64Array.of(Math.PI, -0, Number.NaN, 5e-324, 1, 1e300),
      error: Float64Array.of(1, 2, Number.NaN, 4, 5, 6),
    },
    response: { value: new Float64Array(6), standardError: new Float64Array(6).fill(7) },
  },
  every: 3,
};
const facts = {
  system: findSystem("p-spin"),
  parameters: { p: 3, note: "η" },
  method: { kind: "aging" },
  version: "0.1.0",
  description: "dx = …",
};
const place = () => join(mkdtempSync(join(tmpdir(), "twotime-")), "fields.h5");
const fileWith = (content: Uint8Array) => {
  const path = place();
  writeFileSync(path, content);
  return path;
};
let bytes: Uint8Array;
beforeAll(async () => {
  bytes = await fieldsToHdf5(fields, facts);
});

describe("fields.h5", () => {
  it("gives back every bit of the numbers, and what the file says of them", async () => {
    const { attributes, ...found } = (await readFields(fileWith(bytes)))!;
    expect(found).toEqual(fields);
    expect(Object.is(found.functions.correlation.value[1], -0)).toBe(true);
    expect(attributes).toMatchObject({ version: "0.1.0", system: "p-spin", grid: "rows" });
    expect(JSON.parse(attributes.parameters as string)).toEqual(facts.parameters);
  });

  it("is read with the run, where there is one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "twotime-"));
    const times = { started: "2026-01-01T00:00:00.000Z" };
    const manifest = { version: "0.1.0", verb: "solve", status: "done", times, parametersHash: "" } as const;
    await writeRun(folder, { config: {}, manifest, rows: [], fields: bytes });
    expect((await loadRun(folder)).fields?.time).toEqual(fields.time);
    expect(await readFields(place())).toBeUndefined();
  });

  it.each([
    ["cut short", () => bytes.subarray(0, bytes.length / 2)],
    ["empty", () => new Uint8Array()],
    ["no HDF5", () => new TextEncoder().encode("fields")],
    ["of another format", () => replaced("twotime fields 1", "twotime fields 9")],
    ["with a damaged head", () => bytes.map((byte, k) => (k === 8 ? byte ^ 255 : byte))],
  ])("%s is refused", async (_, content) => {
    await expect(readFields(fileWith(content()))).rejects.toMatchObject({
      name: "InvalidParameterError",
      parameter: "folder",
    });
  });

  it("of a terabyte that takes a kilobyte on disk is refused before it is read", async () => {
    await expect(readFields(fileWith(await bomb()))).rejects.toThrow(/correlation has another shape/);
  });
});

/** The file with a text in place of another of the same length. */
function replaced(before: string, after: string): Uint8Array {
  const text = Buffer.from(bytes);
  text.write(after, text.indexOf(before));
  return text;
}

/** A dataset that claims 10¹² numbers, none of which is stored, among well-formed ones. */
async function bomb(): Promise<Uint8Array> {
  const { default: h5wasm } = await import("h5wasm");
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File("bomb.h5", "w");
  for (const [name, text] of Object.entries({ format: "twotime fields 1", grid: "product" }))
    file.create_attribute(name, text);
  for (const name of ["time", "time_prime"]) file.create_dataset({ name, data: Float64Array.of(1, 2) });
  const large = file.create_dataset({
    name: "correlation",
    data: Float64Array.of(1),
    shape: [1, 1],
    maxshape: [null, null],
    chunks: [1, 1],
  });
  large.resize([1e6, 1e6]);
  file.close();
  return FS.readFile("bomb.h5");
}
