import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { CALLS, CONFIGS } from "./malformed";

const MOST_SECONDS = 2;
const MOST_MEGABYTES = 500;

it("no malformed input takes more than 2 s of CPU, nor all together more than 500 MB", async () => {
  const program = fileURLToPath(new URL("malformed-cost.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program]);
  const { inputs, refused, slowest, megabytes } = JSON.parse(stdout);
  expect(inputs).toBe(CONFIGS + CALLS);
  expect(refused).toBe(inputs);
  expect(slowest).toBeLessThan(MOST_SECONDS);
  expect(megabytes).toBeLessThan(MOST_MEGABYTES);
});
