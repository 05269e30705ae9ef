import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { servePage } from "../../src/run/serve-page";
import type { PageState } from "../../web/state/page-state";
import { toHash } from "../../web/state/page-state";
import { launchChromium } from "../browser/chromium";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The built page, served, and a browser to look at it. */
export interface Playground {
  readonly folder: string;
  /** What pages said on the console or threw: nothing. */
  readonly complaints: string[];
  open(options?: OpenOptions): Promise<Page>;
  close(): Promise<void>;
}

interface OpenOptions {
  readonly state?: PageState;
  /** What stands in the address in place of a state. */
  readonly hash?: string;
  /** Whether to wait for a curve. */
  readonly hasCurve?: boolean;
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
  /** As a file, not over the network. */
  readonly asFile?: boolean;
}

/** Builds the page into a folder of its own. */
export async function startPlayground(): Promise<Playground> {
  const folder = mkdtempSync(join(tmpdir(), "twotime-page-"));
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const options = [
    "--config",
    "web/vite.config.ts",
    "--outDir",
    folder,
    "--emptyOutDir",
    "--logLevel",
    "error",
  ];
  execFileSync(process.execPath, [vite, "build", ...options], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [served, browser]: [Awaited<ReturnType<typeof servePage>>, Browser] = await Promise.all([
    servePage(folder),
    launchChromium(),
  ]);
  const complaints: string[] = [];

  async function open({
    state,
    width = 1200,
    height = 860,
    scheme = "light",
    asFile,
    hash,
    hasCurve = true,
  }: OpenOptions = {}) {
    const page = await browser.newPage({
      viewport: { width, height },
      colorScheme: scheme,
      reducedMotion: "reduce",
    });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.addInitScript(watchLongTasks);
    const address = asFile ? `file://${folder}/index.html` : served.address;
    await page.goto(address + (hash ?? (state ? toHash(state) : "")));
    await page.waitForSelector(hasCurve ? "#canvas svg" : "#stop button:not([hidden])");
    return page;
  }

  return {
    folder,
    complaints,
    open,
    async close() {
      await browser.close();
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs in the page: keeps the lengths of tasks that held up the main thread. */
function watchLongTasks(): void {
  const lengths: number[] = [];
  Object.assign(globalThis, { longTasks: lengths });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) lengths.push(entry.duration);
  }).observe({ type: "longtask", buffered: true });
}

/** The longest task since the last call, in milliseconds. */
export const longestTask = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, ...(globalThis as unknown as { longTasks: number[] }).longTasks.splice(0)));

/** Until nothing is computed any more. */
export async function settled(page: Page): Promise<void> {
  // A change is seen with the next drawing.
  await page.waitForTimeout(300);
  await page.waitForSelector('main[aria-busy="false"]', { timeout: 120_000 });
}

/** What a button of the export dialog saves, as a text. */
export async function exported(page: Page, format: string): Promise<string> {
  await page.click("#actions >> text=Export");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click(`dialog >> text=${format}`),
  ]);
  const text = readFileSync(await download.path(), "utf8");
  await page.keyboard.press("Escape");
  return text;
}
