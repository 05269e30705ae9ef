import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isThere } from "../browser/chromium";
import { type Playground, settled, startPlayground } from "./playground";
import { stateOf } from "./states";

/** Share of the pixels that may differ: letters are drawn a little differently by other versions of the fonts. */
const TOLERANCE = 0.02;

const view = { x: "log", y: "linear", against: "difference" } as const;
const PICTURES = [
  { name: "light", width: 1000, height: 700, scheme: "light", state: stateOf("p-spin") },
  {
    name: "dark",
    width: 1000,
    height: 700,
    scheme: "dark",
    state: stateOf("spiked-matrix-tensor", {
      view: { ...view, quantity: "correlation", against: "ratio" },
      simulate: false,
    }),
  },
  { name: "phone", width: 360, height: 700, scheme: "light", state: stateOf("random-features") },
] as const;

/** Kept pictures of the page; TWOTIME_GOLDEN=write makes them anew, to be looked at. */
describe.runIf(isThere || process.env.CI)("the page looks as it did", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  it.each(PICTURES)("$name", async ({ name, width, height, scheme, state }) => {
    const page = await playground.open({ width, height, scheme, state });
    await settled(page);
    // Seconds are others every time.
    await page.addStyleTag({ content: "#status { visibility: hidden }" });
    const seen = PNG.sync.read(await page.screenshot());
    await page.close();
    const path = fileURLToPath(new URL(`golden/${name}.png`, import.meta.url));
    if (process.env.TWOTIME_GOLDEN === "write") writeFileSync(path, PNG.sync.write(seen));
    expect(existsSync(path)).toBe(true);
    const kept = PNG.sync.read(readFileSync(path));
    expect([seen.width, seen.height]).toEqual([kept.width, kept.height]);
    const differing = pixelmatch(seen.data, kept.data, undefined, width, height, { threshold: 0.2 });
    expect(differing / (width * height)).toBeLessThanOrEqual(TOLERANCE);
  });
});
