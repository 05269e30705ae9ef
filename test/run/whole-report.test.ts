import { describe, expect, it } from "vitest";
import { runVerb } from "../../src/run/execute";
import { parseConfig } from "../../src/systems/config/config";
import { reportOf } from "../../src/systems/config/report-of";
import { systems } from "../../src/systems/registry";

/** Rest after t = 3. */
const cosine = { kind: "cosine", rate: 0.3, horizon: 3 };
const until = 5;

/** A cheap run of every system, and of each method that has times of its own; with a rest, where the system has a schedule. */
const configs: readonly (Record<string, unknown> & { system: string })[] = [
  {
    system: "p-spin",
    parameters: { p: 3, temperature: 0.3, schedule: cosine },
    method: { until, points: 30 },
  },
  {
    system: "spiked-matrix-tensor",
    parameters: { matrixNoise: 0.5, tensorNoise: 1, initialOverlap: 0.2, schedule: cosine },
    method: { until, points: 30 },
  },
  { system: "convex", parameters: { schedule: cosine } },
  { system: "convex", parameters: { schedule: cosine }, method: { kind: "sde", until, samples: 4 } },
  { system: "spherical-sk", parameters: {} },
  { system: "spherical-sk", parameters: { temperature: 0.3, schedule: cosine }, method: { until } },
  { system: "spherical-sk", parameters: { schedule: cosine }, method: { kind: "volterra", until } },
  {
    system: "spherical-sk",
    parameters: { schedule: 0.1, dynamics: "projected-gradient" },
    method: { until },
  },
  {
    system: "spherical-sk",
    parameters: { temperature: 1, schedule: { kind: "power-law", rate: 0.5, exponent: 0.999, offset: 0 } },
    method: { until: 31 },
  },
  {
    system: "phase-retrieval",
    parameters: { sampleRatio: 2, learningRate: 0.04 },
    method: { kind: "causal", until: 0.36, trajectories: 64 },
  },
  { system: "quadratic-network", parameters: { width: 2, learningRate: 0.1, dimension: 100 } },
  {
    system: "teacher-student",
    parameters: {
      schedule: cosine,
      initial: {
        crossOverlap: [
          [0.1, 0],
          [0, 0.05],
        ],
      },
    },
    method: { until },
  },
  {
    system: "random-features",
    parameters: {
      targetExponent: 3,
      spectrumExponent: 2,
      horizon: 100,
      features: 20,
      schedule: { kind: "polynomial-decay", rate: 0.14, horizon: 100, exponent: 3 },
    },
  },
  {
    system: "label-noise-momentum",
    parameters: { learningRate: 0.01, momentum: 0.9 },
    method: { kind: "moment-closure", until: 50 },
  },
];

async function rowsOf(source: Record<string, unknown>) {
  const config = parseConfig(source, "solve");
  const report = reportOf("solve", config);
  const outcome = await runVerb("solve", config);
  expect(outcome.status).toBe("done");
  const of = new Map(config.system.quantities.map((info) => [info.name, info.of]));
  const timed = outcome.rows.filter(({ quantity }) => of.get(quantity) === "time");
  const series = new Map<string, { time?: number; value?: unknown }[]>();
  for (const row of timed) {
    const name = `${row.quantity}${"index" in row ? row.index : ""}`;
    series.set(name, [...(series.get(name) ?? []), row]);
  }
  return { series, times: report.times, notes: outcome.notes };
}

describe("the rows of a whole run", () => {
  it("are looked at for every system", () => {
    expect([...new Set(configs.map(({ system }) => system))]).toEqual(
      expect.arrayContaining(systems.map(({ name }) => name)),
    );
  });

  it.each(configs.map((config) => [`${config.system} ${JSON.stringify(config.method ?? {})}`, config]))(
    "hold every time of the report, up to the end and beyond a horizon: %s",
    async (_, config) => {
      const whole = await rowsOf(config as Record<string, unknown>);
      const end = whole.times[whole.times.length - 1];
      const asked = [0, 0.5 * end, 0.7 * end, 0.99 * end, end].map((t) => (end > 20 ? Math.round(t) : t));
      const some = await rowsOf({ ...config, report: { times: asked } });
      for (const { series, times } of [whole, some]) {
        expect(series.size).toBeGreaterThan(0);
        for (const [name, rows] of series) {
          expect(rows.length, name).toBe(times.length);
          for (const [k, { time, value }] of rows.entries()) {
            const counts = (config.parameters as { dynamics?: string }).dynamics !== undefined;
            expect(time, name).toBe(counts ? Math.round(times[k]) : times[k]);
            expect(value).toBeDefined();
          }
        }
      }
    },
  );

  it("has a note on what is asked for and not given", async () => {
    const projected = {
      system: "spherical-sk",
      parameters: { dynamics: "projected-gradient", schedule: 0.1 },
      method: { until: 4 },
      report: { times: [4], pairs: [[4, 2]], quantities: ["loss", "crossingTime", "response"] },
    };
    const { notes } = await rowsOf(projected);
    expect(notes).toContain("not given by this run: crossingTime, response");
    const { quantities: _, ...report } = projected.report;
    expect((await rowsOf({ ...projected, report })).notes.join()).toMatch(/nothing is given at the pairs/);
    const lost = { system: "spherical-sk", parameters: { signal: 1, noise: 0.5 }, method: { until: 1 } };
    const asked = await rowsOf({ ...lost, report: { quantities: ["crossingTime"] } });
    expect(asked.notes).toContain("not given by this run: crossingTime");
  });
});
