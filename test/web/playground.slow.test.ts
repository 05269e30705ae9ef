import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { InvalidParameterError, type System, simulate, solve, systems, type Trajectory } from "../../src";
import { parseConfig } from "../../src/systems/config/config";
import { reportTimes } from "../../web/compute/times";
import { isThere, NO_CHROMIUM } from "../browser/chromium";
import { exported, longestTask, type Playground, settled, startPlayground } from "./playground";
import { stateOf } from "./states";

if (!isThere && !process.env.CI) console.warn(`${NO_CHROMIUM}: the playground is not opened here`);

const all: readonly System[] = systems;
/** Rows of the CSV by their columns. */
function rowsOf(csv: string): Record<string, string>[] {
  const [head, ...lines] = csv.trimEnd().split("\n");
  const names = head.split(",");
  return lines.map((line) => {
    const cells = line
      .match(/("[^"]*"|[^,]*)(,|$)/g)!
      .map((cell) => cell.replace(/,$/, "").replace(/^"|"$/g, ""));
    return Object.fromEntries(names.map((name, k) => [name, cells[k]]));
  });
}

interface TwoTime {
  correlation(t: number, tPrime: number): number;
}

const field = (path: string) => `[id="field-${path}"]`;

describe.runIf(isThere || process.env.CI)("the playground", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(async () => {
    await playground?.close();
    expect(playground.complaints).toEqual([]);
  });

  it.each(all.map((record) => [record.name, record] as const))(
    "exports the numbers of the library: %s",
    async (name, record) => {
      const state = stateOf(name);
      const page = await playground.open({ state });
      await settled(page);
      const rows = rowsOf(await exported(page, "CSV"));
      await page.close();
      const of = (source: string) =>
        rows.filter((row) => row.source === source && row.time_prime === "" && row.time !== "");
      const { system, parameters, method, simulation } = state.setting;
      const stepped = record.timeUnit === "step";
      const solution = await solve({ system, parameters }, method);
      const end = solution.time[solution.time.length - 1] || Number((method as { until: number }).until);
      expectSame(of("theory"), solution.sample(reportTimes(end, stepped)));
      const simulated = reportTimes(Number((simulation as { until?: number }).until ?? end), stepped);
      expectSame(
        of("simulation"),
        await simulate({ system, parameters }, { ...simulation, times: simulated }),
      );
    },
  );

  it("exports a config that the command line reads, as JSON and YAML, and a drawing", async () => {
    const page = await playground.open({ state: stateOf("p-spin", { simulate: false }) });
    const json = JSON.parse(await exported(page, "JSON"));
    expect(parse(await exported(page, "YAML"))).toEqual(json);
    expect(parseConfig(json, "compare").system.name).toBe("p-spin");
    const svg = await exported(page, "SVG");
    expect(svg).toMatch(/^<svg[^>]* width="720"/);
    await page.close();
  });

  it("shows a script that gives the same numbers", async () => {
    const page = await playground.open({ state: stateOf("p-spin") });
    await settled(page);
    await page.click("#actions >> text=Export");
    const script = await page.textContent("dialog pre");
    await page.keyboard.press("Escape");
    const rows = rowsOf(await exported(page, "CSV")).filter(
      ({ quantity, time }) => quantity === "loss" && time !== "",
    );
    await page.close();
    expect(script!.trimEnd().split("\n").length).toBeLessThanOrEqual(11);
    const printed = await run(script!);
    expect(printed).toHaveLength(rows.length);
    printed.forEach((numbers, k) => {
      expect(Math.abs(numbers[0] - Number(rows[k].time))).toBeLessThanOrEqual(1e-12 * numbers[0]);
      expect(Math.abs(numbers[1] - Number(rows[k].value))).toBeLessThanOrEqual(1e-12);
    });
  });

  it("shows a script that gives the same numbers of a function of two times", async () => {
    const { setting, view } = stateOf("p-spin");
    const page = await playground.open({
      state: stateOf("p-spin", { setting, view: { ...view, quantity: "correlation" } }),
    });
    await settled(page);
    await page.click("#actions >> text=Export");
    const script = await page.textContent("dialog pre");
    await page.keyboard.press("Escape");
    const rows = rowsOf(await exported(page, "CSV")).filter(({ quantity }) => quantity === "correlation");
    await page.close();
    expect(script!.trimEnd().split("\n").length).toBeLessThanOrEqual(12);
    const printed = await run(script!);
    const theory = printed.filter(({ length }) => length === 3);
    const finite = printed.filter(({ length }) => length === 4);
    const simulated = rows.filter(({ source }) => source === "simulation");
    expect(finite).toEqual(
      simulated.map((row) =>
        [row.time, row.time_prime, row.value, row.standard_error].map((cell) =>
          expect.closeTo(Number(cell), 12),
        ),
      ),
    );
    expect(theory.map(([t, tPrime]) => [t, tPrime])).toEqual(finite.map(([t, tPrime]) => [t, tPrime]));
    const { system, parameters, method } = setting;
    const solution = await solve({ system, parameters } as never, method as never);
    for (const [t, tPrime, value] of theory)
      expect(value).toBe((solution as never as TwoTime).correlation(t, tPrime));
  });

  it("draws the integrated response against C, with the predicted slopes", async () => {
    const { setting, view } = stateOf("p-spin", { simulate: false });
    const cold = { ...setting, parameters: { p: 3, temperature: 0.3 }, method: { until: 30 } };
    const page = await playground.open({
      state: stateOf("p-spin", {
        setting: cold,
        simulate: false,
        view: { ...view, quantity: "integratedResponse", against: "correlation" },
      }),
    });
    await settled(page);
    // The temperature is above 0 and the rate 1: slope −1/T, and below the plateau −x/T.
    const texts = await page.$$eval("#canvas text", (all) => all.map(({ textContent }) => textContent));
    expect(texts).toEqual(expect.arrayContaining(["C(t, t′)", "slope −1/T", "x = 0.323", "q"]));
    await page.focus("#canvas svg");
    await page.keyboard.press("End");
    // At t = t′ there is no response yet.
    expect(await page.textContent(".readout")).toMatch(/^C\(t, t′\) = 1t′ = .*: 0( |t|$)/);
    await page.close();
  });

  it("loads without a task that would be felt", async () => {
    let longest = Infinity;
    for (let k = 0; k < 4 && longest > 200; k++) {
      const page = await playground.open();
      await settled(page);
      longest = Math.min(longest, await longestTask(page));
      await page.close();
    }
    expect(longest).toBeLessThanOrEqual(200);
  });

  it("explains a wrong value beside its field, in the words of the library", async () => {
    const page = await playground.open({ state: stateOf("p-spin", { simulate: false }) });
    const wrong: readonly [string, string, (config: Record<string, never>) => object][] = [
      [
        "parameters.temperature",
        "-1",
        (c) => ({ ...c, parameters: { ...(c.parameters as object), temperature: -1 } }),
      ],
      ["method.until", "soon", (c) => ({ ...c, method: { until: "soon" } })],
    ];
    for (const [path, value, withWrong] of wrong) {
      const right = await page.inputValue(field(path));
      await page.fill(field(path), value);
      const error = page.locator(`[id="error-${path}"]`);
      await error.waitFor({ state: "visible" });
      const { system, parameters, method } = stateOf("p-spin").setting;
      expect(await error.textContent()).toBe(complaintOf(withWrong({ system, parameters, method } as never)));
      expect(await page.getAttribute(field(path), "aria-invalid")).toBe("true");
      await page.fill(field(path), right);
      await error.waitFor({ state: "hidden" });
    }
    await page.close();
  });

  it("restores its state from a link", async () => {
    const page = await playground.open({ state: stateOf("p-spin", { simulate: false }) });
    await page.click('[data-value="correlation"]');
    await page.click('[data-value="ratio"]');
    await page.click("#actions >> text=Compare");
    await page.fill(field("parameters.schedule.exponent"), "0.8");
    await settled(page);
    const [address, before] = [page.url(), await factsOf(page)];
    expect(before.legend).toEqual(["schedule exponent = 0.8", "schedule exponent = 0.4"]);
    await page.goto("about:blank");
    await page.goto(address);
    await page.waitForSelector('#figure[aria-busy="false"] svg');
    await settled(page);
    expect(await factsOf(page)).toEqual(before);
    await page.close();
  });

  it("compares four settings and no more, and lets them go", async () => {
    const page = await playground.open({ state: stateOf("spherical-sk", { simulate: false }) });
    for (const exponent of ["0.2", "0.3", "0.4"]) {
      await page.click("#actions >> text=Compare");
      await page.fill(field("parameters.schedule.exponent"), exponent);
    }
    await settled(page);
    expect(await page.locator("#legend li").count()).toBe(4);
    expect(await page.isDisabled("#actions >> text=Compare")).toBe(true);
    await page.click("#legend >> text=remove >> nth=0");
    expect(await page.locator("#legend li").count()).toBe(3);
    await page.close();
  });

  it("is used by keyboard: values are read off with arrows, an axis is chosen", async () => {
    const page = await playground.open({ state: stateOf("convex", { simulate: false }) });
    await page.focus("#canvas svg");
    await page.keyboard.press("End");
    expect(await page.textContent(".readout")).toMatch(/^t = 100/);
    await page.keyboard.press("ArrowLeft");
    expect(await page.textContent(".readout")).not.toMatch(/^t = 100/);
    await page.focus('[aria-label="Horizontal axis"] [data-value="log"]');
    await page.keyboard.press("ArrowRight");
    const chosen = '[aria-label="Horizontal axis"] [data-value="linear"]';
    expect(await page.getAttribute(chosen, "aria-checked")).toBe("true");
    expect(await page.evaluate((one) => document.activeElement === document.querySelector(one), chosen)).toBe(
      true,
    );
    await page.close();
  });

  it("stops, and keeps what is finished", async () => {
    const long = stateOf("p-spin");
    const setting = {
      ...long.setting,
      simulation: { ...long.setting.simulation, size: 40, samples: 20_000 },
    };
    const page = await playground.open({ state: { ...long, setting } });
    await page.waitForFunction(() => /: \d+ samples/.test(document.querySelector("#status")!.textContent!));
    await page.click("#stop button");
    await page.waitForSelector("#progress", { state: "hidden" });
    await page.waitForTimeout(1000);
    expect(await page.isHidden("#progress")).toBe(true);
    expect(await page.textContent("#status")).toMatch(/: \d+ samples/);
    await page.close();
  });

  it("says that it was stopped before there was a curve, and that an address cannot be read", async () => {
    const { setting, ...rest } = stateOf("p-spin", { simulate: false });
    const method = { kind: "aging", until: 1e10, tolerance: 1e-8 };
    const page = await playground.open({
      state: { ...rest, setting: { ...setting, method } },
      hasCurve: false,
    });
    expect(await page.inputValue(field("method.until"))).toBe("1e10");
    await page.click("#stop button");
    await page.waitForFunction(() => /^stopped/.test(document.querySelector("#status")!.textContent!));
    await page.close();
    for (const hash of ["#garbage", '#{"system":"nope"}']) {
      const other = await playground.open({ hash });
      expect(await other.textContent("#status")).toMatch(/holds no setting that can be read/);
      expect(decodeURIComponent(await other.evaluate(() => location.hash))).toBe(hash);
      await other.fill(field("parameters.temperature"), "0.7");
      await other.waitForFunction(() => location.hash.includes("temperature"));
      expect(await other.textContent("#status")).not.toMatch(/holds no setting/);
      await other.close();
    }
  });

  it("an arrow key moves a slider to the next value that its field can have", async () => {
    const page = await playground.open({ state: stateOf("p-spin", { simulate: false }) });
    await page.focus(`${field("parameters.p")} ~ input[type=range]`);
    await page.keyboard.press("ArrowRight");
    expect(await page.inputValue(field("parameters.p"))).toBe("4");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    expect(await page.inputValue(field("parameters.p"))).toBe("2");
    await page.close();
  });

  it("works from a file, the finite system too", async () => {
    const page = await playground.open({ asFile: true, state: stateOf("teacher-student") });
    await settled(page);
    expect(await page.textContent("#status")).toMatch(/4 samples/);
    await page.close();
  });

  it.each([
    ["light", 1200],
    ["dark", 360],
  ] as const)("has no serious violation of accessibility: %s, %i pixels wide", async (scheme, width) => {
    const page = await playground.open({ scheme, width, state: stateOf("p-spin", { simulate: false }) });
    await settled(page);
    await page.fill(field("parameters.temperature"), "-1");
    await page.locator('[id="error-parameters.temperature"]').waitFor({ state: "visible" });
    expect(await violations(page)).toEqual([]);
    await page.click("#actions >> text=Export");
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.close();
  });
});

/** A derivative by differences: what two engines round otherwise in exp and log is larger in it. */
const DERIVATIVES = ["lossExponent"];

/** The rows hold the series in their order, to 1e-12. */
function expectSame(
  rows: readonly Record<string, string>[],
  { time, series }: Pick<Trajectory, "time" | "series">,
): void {
  const names = Object.keys(series);
  expect(rows.map(({ quantity, index }) => (index ? `${quantity}[${index}]` : quantity))).toEqual(
    names.flatMap((name) => Array(time.length).fill(name)),
  );
  const exact = names.flatMap((name) =>
    Array.from(series[name], (value, k) => ({ name, value, t: time[k] })),
  );
  const worst = rows.map(({ time: t, value }, k) => {
    // A number that is none has an empty cell.
    if (Number.isNaN(exact[k].value)) return value === "" ? 0 : Infinity;
    const allowed =
      (DERIVATIVES.includes(exact[k].name) ? 1e-11 : 1e-12) * Math.max(1, Math.abs(exact[k].value));
    return Math.max(
      Math.abs(Number(value) - exact[k].value) / allowed,
      Math.abs(Number(t) - exact[k].t) / (1e-12 * exact[k].t),
    );
  });
  expect(Math.max(...worst)).toBeLessThanOrEqual(1);
}

function complaintOf(config: object): string {
  try {
    parseConfig(config, "solve");
  } catch (error) {
    if (error instanceof InvalidParameterError) return error.message;
    throw error;
  }
  throw new Error("the config is right");
}

async function factsOf(page: Page) {
  return page.evaluate(() => ({
    lines: Array.from(document.querySelectorAll("#canvas path"), (path) => path.getAttribute("d")),
    values: Array.from(document.querySelectorAll<HTMLInputElement>("#form input"), ({ value }) => value),
    legend: Array.from(document.querySelectorAll("#legend li > span:last-of-type"), (one) => one.textContent),
    checked: Array.from(document.querySelectorAll('[aria-checked="true"]'), (one) =>
      one.getAttribute("data-value"),
    ),
  }));
}

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** Serious and critical violations, in words. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { run } = (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe;
    const found = (await run()).violations;
    return found
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
  });
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Runs a script of the page, and reads the numbers of each line that it prints. */
async function run(script: string): Promise<number[][]> {
  const lines: number[][] = [];
  const { code: body } = transformSync(script.replace(/^import .*$/m, ""), { loader: "ts" });
  const log = (...numbers: number[]) => void lines.push(numbers);
  const make = Object.getPrototypeOf(async () => {}).constructor;
  await new make("solve", "simulate", "console", body)(solve, simulate, { log });
  return lines;
}
