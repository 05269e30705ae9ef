import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { readConfig } from "../../src/run/read-config";

function fileWith(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "twotime-")), "config");
  writeFileSync(path, text);
  return path;
}

describe("a config file", () => {
  it("is read as JSON or YAML by what is in it, every number to the last bit", async () => {
    const value = { system: "p-spin", parameters: { p: 3, temperature: 0.1 + 0.2 }, times: [1e-300, 5e22] };
    expect(await readConfig(fileWith(JSON.stringify(value)))).toEqual(value);
    const yaml = `system: p-spin # a remark
parameters: { p: 3, temperature: ${0.1 + 0.2} }
times:
  - 1e-300
  - 5e22
`;
    expect(await readConfig(fileWith(yaml))).toEqual(value);
  });

  it.each([
    ["is cut off", '{ "system": "p-spin", "parameters": {'],
    ["names a key twice", "system: p-spin\nsystem: convex"],
    ["is neither", "system: [p-spin"],
  ])("that %s is refused in one line with its place", async (_, text) => {
    const error = await readConfig(fileWith(text)).catch((reason) => reason);
    expect(error).toMatchObject({ name: "InvalidParameterError", parameter: "config file" });
    expect((error as Error).message).toMatch(/^[^\n]* at line \d+, column \d+\)$/);
  });

  it("with a tag that YAML does not know is refused, without a warning of the parser beside it", async () => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const refused = readConfig(fileWith("system: !model p-spin"));
    await expect(refused).rejects.toThrow(/^config file [^\n]*Unresolved tag: !model at line 1, column 9\)$/);
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });
});
