import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { suite } from "../kernels/suite";
import { buildLibrary, bundleForBrowser } from "./bundle";
import { isThere, launchChromium, NO_CHROMIUM } from "./chromium";
import type { Outcome } from "./run-suite";
import { type LoopbackServer, serveLoopback } from "./server";

const MISSING = `${NO_CHROMIUM}: the kernels do not run in a browser here`;
if (!isThere && !process.env.CI) console.warn(MISSING);

/** Ways to come to a layer: what runs before the library is loaded, and what is asked of it. */
const WAYS = [
  { way: "as it comes", before: "", asked: "undefined", layer: "simd", said: [] },
  { way: "asked for plain", before: "", asked: '"plain"', layer: "plain", said: [] },
  {
    way: "without WebAssembly",
    before: "delete globalThis.WebAssembly;",
    asked: "undefined",
    layer: "plain",
    said: ["twotime: there is no WebAssembly here; plain kernels are used, several times slower."],
  },
] as const;

/** A promise of the outcome and of the warnings, in a page or a worker. */
const script = ({ before, asked }: (typeof WAYS)[number]) => `(async () => {
  const said = [];
  console.warn = (text) => said.push(text);
  ${before}
  const { runSuite } = await import("/suite.js");
  return { ...runSuite(${asked}), said };
})()`;

describe.runIf(isThere || process.env.CI)("kernels of the built library in Chromium", () => {
  let folder: string;
  let browser: Browser;
  let server: LoopbackServer;

  beforeAll(async () => {
    if (!isThere) throw new Error(MISSING);
    folder = mkdtempSync(join(tmpdir(), "twotime-browser-"));
    const library = join(folder, "library");
    buildLibrary(library);
    await bundleForBrowser(fileURLToPath(new URL("run-suite.ts", import.meta.url)), library, folder);
    const workers = WAYS.map((way, k) => [`/worker-${k}.js`, `postMessage(await ${script(way)});`] as const);
    server = await serveLoopback(
      new Map([["/suite.js", readFileSync(join(folder, "suite.js"), "utf8")], ...workers]),
    );
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  async function evaluate(code: string): Promise<Outcome & { said: string[] }> {
    const page = await browser.newPage();
    try {
      await page.goto(server.origin);
      return await page.evaluate(code);
    } finally {
      await page.close();
    }
  }

  it.each(WAYS)("pass the suite in a page, $way", async (way) => {
    const { layer, said } = way;
    expect(await evaluate(script(way))).toEqual({ layer, said, passed: suite.length, failures: [] });
  });

  it.each(WAYS)("pass the suite in a Web Worker, $way", async (way) => {
    const { layer, said } = way;
    const outcome = await evaluate(`new Promise((resolve, reject) => {
      const worker = new Worker("/worker-${WAYS.indexOf(way)}.js", { type: "module" });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message || "the worker did not start"));
    })`);
    expect(outcome).toEqual({ layer, said, passed: suite.length, failures: [] });
  });
});
