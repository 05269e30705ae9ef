import { describe, expect, it, vi } from "vitest";
import { runProgram } from "../../src/cli/program";

/** What a command line prints on standard output. */
async function printed(...words: string[]): Promise<string> {
  let said = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said += text;
    return true;
  });
  try {
    expect(await runProgram(words)).toBe(0);
  } finally {
    write.mockRestore();
  }
  return said;
}

const commands = [...(await printed("--help")).matchAll(/^ {2}([a-z]+) (?:\[|<| )/gm)]
  .map(([, name]) => name)
  .filter((name) => name !== "help");

describe("the manual", () => {
  it("has a page for every command, with its examples and exit status", async () => {
    expect(commands).toEqual(expect.arrayContaining(["solve", "sweep", "list", "cite", "schema", "atlas"]));
    for (const name of commands) {
      const page = await printed(name, "--help");
      expect(page, name).toMatch(new RegExp(`\\nExamples:\\n.*twotime ${name}`, "s"));
      expect(page, name).toMatch(/\nExit status:\n {2}0 .*\n {2}1 .*\n {2}2 /s);
      expect(Math.max(...page.split("\n").map((line) => line.length)), name).toBeLessThanOrEqual(100);
    }
  });

  it("is what was reviewed", async () => {
    const pages = [await printed("--help")];
    for (const name of commands) pages.push(await printed(name, "--help"));
    await expect(pages.join(`\n${"=".repeat(100)}\n\n`)).toMatchFileSnapshot("manual.txt");
  });
});
