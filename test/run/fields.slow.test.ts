import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadRun } from "../../src/run/run-folder";
import { fileWith, newFolder, twotime } from "../cli/spawn";
import { haveProgram } from "../debian/install";

const PYTHON = "/usr/bin/python3";
const isThere = haveProgram([PYTHON, "-c", "import h5py"], "python3-h5py");

/** What a user of h5py sees: attributes, axes, and numbers, in full precision. */
const SCRIPT = `
import h5py, json, sys, numpy
with h5py.File(sys.argv[1], "r") as f:
    names = [n for n in f if n not in ("time", "time_prime")]
    late, early = int(sys.argv[2]), int(sys.argv[3])
    print(json.dumps({
        "attributes": {k: str(v) for k, v in f.attrs.items()},
        "time": f["time"][:].tolist(),
        "early": (f["time_prime"][late, early] if f["time_prime"].ndim == 2 else f["time_prime"][early]).item(),
        "shapes": {n: f[n].shape for n in names},
        "values": {n: f[n][late, early].item() for n in names},
        "scale": f["correlation"].dims[0]["time"].name,
        "labels": [d.label for d in f["correlation"].dims],
        "units": f["time"].attrs["units"],
        "symbol": f["response"].attrs["symbol"],
        "above": [f[n].attrs["above_diagonal"] for n in ("correlation", "response")],
        "upper": [f[n][early, late].item() for n in ("correlation", "response")] if "product" == f.attrs["grid"] else [],
        "dtype": str(f["correlation"].dtype),
    }))
`;

beforeAll(async () => void (await twotime(["--version"])));

async function written(config: object, late: number, early: number) {
  const folder = newFolder();
  const args = ["solve", fileWith("config.json", config), "--out", folder, "--fields", "--quiet"];
  const { status, stdout, stderr } = await twotime([...args, "--format", "json"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const path = join(folder, "fields.h5");
  const python = spawnSync(PYTHON, ["-c", SCRIPT, path, String(late), String(early)], { encoding: "utf8" });
  expect(python.stderr).toBe("");
  const { fields } = await loadRun(folder);
  return { seen: JSON.parse(python.stdout), fields: fields!, rows: JSON.parse(stdout).rows };
}

const landscape = { system: "p-spin", parameters: { p: 3, temperature: 0.5 } };

describe.skipIf(!isThere)("fields.h5, read by h5py", () => {
  it("has the uniform grid's own nodes, with the values and errors of the rows", async () => {
    const [late, early] = [30, 12];
    const method = { kind: "uniform", until: 4, points: 40 };
    const report = { times: [4], pairs: [[3, 1.2]] };
    const { seen, fields, rows } = await written({ ...landscape, method, report }, late, early);
    expect(seen).toMatchObject({
      scale: "/time",
      labels: ["t", "t'"],
      units: "1",
      symbol: "R(t, t′)",
      dtype: "float64",
      above: ["symmetric", "zero"],
      upper: [seen.values.correlation, 0],
      attributes: { system: "p-spin", grid: "product", every: "1", version: expect.stringMatching(/^\d/) },
    });
    expect(JSON.parse(seen.attributes.parameters)).toMatchObject(landscape.parameters);
    expect(JSON.parse(seen.attributes.method)).toMatchObject(method);
    expect(seen.shapes.correlation).toEqual([41, 41]);
    expect([seen.time[late], seen.early]).toEqual([expect.closeTo(3, 12), expect.closeTo(1.2, 12)]);
    for (const name of ["correlation", "response"]) {
      const row = rows.find((row: { quantity: string }) => row.quantity === name);
      expect(Math.abs(seen.values[name] - row.value)).toBeLessThan(1e-12);
      expect(seen.values[`${name}_error`] / row.error).toBeCloseTo(1, 6);
      expect(fields.functions[name].value[late * 41 + early]).toBe(seen.values[name]);
    }
    expect(Array.from(fields.time)).toEqual(seen.time);
  });

  it("has the rows and nodes of the aging grid", async () => {
    const method = { kind: "aging", until: 100, tolerance: 1e-4 };
    const { seen, fields } = await written({ ...landscape, method, report: { times: [100] } }, 20, 7);
    expect(seen.attributes.grid).toBe("rows");
    const [, columns] = fields.shape;
    expect(fields.timePrime[20 * columns + 7]).toBe(seen.early);
    expect(seen.early).toBeLessThan(seen.time[20]);
    expect(fields.functions.response.value[20 * columns + 7]).toBe(seen.values.response);
    // Every row begins at t′ = 0 and ends at t′ = t, where C = 1.
    for (const [k, t] of fields.time.entries()) {
      const row = fields.timePrime.subarray(k * columns, (k + 1) * columns);
      const last = row.findLastIndex((u) => !Number.isNaN(u));
      expect([row[0], row[last] / t]).toEqual([0, expect.closeTo(1, 14)]);
      expect(fields.functions.correlation.value[k * columns + last]).toBeCloseTo(1, 12);
    }
  });

  it("has the kernels of phase retrieval with their standard errors, on times that were asked for", async () => {
    const { seen, rows } = await written(
      {
        system: "phase-retrieval",
        parameters: { sampleRatio: 2, initialOverlap: 0.5, learningRate: 0.025 },
        method: { kind: "causal", until: 1, trajectories: 256, runs: 4, seed: 20261122 },
        report: { times: [1], pairs: [[1, 0.5]], fields: { points: 3, from: 0.5 } },
      },
      2,
      0,
    );
    expect(seen.time).toEqual([0.5, 0.75, 1]);
    for (const name of ["correlation", "response", "noiseKernel", "responseKernel"]) {
      const row = rows.find((row: { quantity: string }) => row.quantity === name);
      expect([seen.values[name], seen.values[`${name}_standard_error`]]).toEqual([
        row.value,
        row.standardError,
      ]);
    }
  });
});
