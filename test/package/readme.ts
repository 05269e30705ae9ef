import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import { describe, expect, it } from "vitest";
import { type Project, root } from "./project";

const blocks = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/^```(\w+)\n(.*?)^```/gms)].map(
  ([, language, code]) => ({ language, code }),
);
const of = (language: string) =>
  blocks.filter((block) => block.language === language).map(({ code }) => code);

/** README alone, in an empty project: its configs and scripts as they stand there. */
export function readme(project: () => Project): void {
  describe("README alone leads", () => {
    it("to a figure with theory and simulation", () => {
      const { folder, twotime } = project();
      const [first] = of("yaml");
      writeFileSync(join(folder, "run.yaml"), first);
      expect(twotime("compare", "run.yaml", "--out", "runs/first", "--quiet")).toMatchObject({ status: 0 });
      const svg = readFileSync(join(folder, "runs/first/comparison.svg"), "utf8");
      // Lines of the theory, dots of the simulation with their errors.
      expect(svg).toMatch(/<path/);
      expect(svg).toMatch(/<circle/);
      expect(existsSync(join(folder, "runs/first/rows.csv"))).toBe(true);
    });

    it("to the best schedule", () => {
      const { folder, twotime } = project();
      writeFileSync(join(folder, "search.yaml"), of("yaml")[1]);
      const { status, stdout } = twotime("optimise", "search.yaml", "--quiet");
      expect(status).toBe(0);
      const [best] = JSON.parse(stdout).rows;
      expect(best).toMatchObject({ quantity: "schedule.exponent", statistic: "best" });
    });

    it.each(of("ts").map((code, k) => ({ k: k + 1, code })))("through script $k", async ({ code }) => {
      const plain = await transform(code, { loader: "ts" });
      const { status, stdout, stderr } = project().script(plain.code);
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/\d\.\d/);
    });
  });
}
