import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/systems/config/config";
import { reportOf } from "../../src/systems/config/report-of";
import { withSharedLabels } from "../../web/chart/levels";
import { numberText } from "../../web/chart/number-text";
import { drawnPairs, drawnTimes, reportTimes } from "../../web/compute/times";
import { texOf } from "../../web/form/symbol";
import { fromHash, type PageState, toHash } from "../../web/state/page-state";
import { flat, withAt } from "../../web/state/paths";

const setting = { system: "p-spin", parameters: { p: 3 }, method: { until: 10 }, simulation: {} };
const state: PageState = {
  setting,
  pinned: [{ ...setting, parameters: { p: 4 } }],
  simulate: false,
  view: { quantity: "loss", x: "linear", y: "log", against: "ratio" },
};

const openings = new Map([["p-spin", { ...setting, simulation: { size: 100 } }]]);

describe("a link", () => {
  it("holds the state", () => expect(fromHash(toHash(state), openings)).toEqual(state));

  it("may hold a config: what it leaves out is as the page opens", () => {
    const config = { system: "p-spin", parameters: { p: 5 }, method: { until: 3 } };
    const opened = fromHash(`#${encodeURIComponent(JSON.stringify(config))}`, openings);
    expect(opened).toMatchObject({
      setting: { ...config, simulation: { size: 100 } },
      pinned: [],
      simulate: true,
    });
  });

  it.each(["", "#", "#chart", "#%7B%7D", toHash({ ...state, setting: { ...setting, system: "none" } })])(
    "that holds none is passed over: %s",
    (hash) => expect(fromHash(hash, openings)).toBeUndefined(),
  );
});

describe("times", () => {
  it.each([
    ["p-spin", { p: 3 }, 10],
    ["label-noise-momentum", { learningRate: 0.01, momentum: 0.9 }, 900],
  ])("of the report are those of the command line: %s", (system, parameters, until) => {
    const config = parseConfig({ system, parameters, method: { until } }, "solve");
    expect(reportTimes(until, system !== "p-spin")).toEqual(reportOf("solve", config).times);
  });

  it("of a drawing ascend from 0 to the end", () => {
    for (const stepped of [true, false]) {
      const times = drawnTimes(300, stepped);
      expect([times[0], times[times.length - 1]]).toEqual([0, 300]);
      expect(times.every((t, k) => k === 0 || t > times[k - 1])).toBe(true);
    }
  });

  it("of pairs start at each t′ and end at the end", () => {
    for (const until of [0.3, 1, 10, 20, 3e4]) {
      const pairs = drawnPairs(until, 8);
      const waiting = [...new Set(pairs.map(([, tPrime]) => tPrime))];
      expect(waiting).toHaveLength(4);
      expect(waiting[3]).toBeLessThanOrEqual((until / 3) * (1 + 1e-12));
      expect(pairs.every(([t, tPrime]) => t >= tPrime && t <= until)).toBe(true);
      expect(pairs.filter(([t]) => t === until)).toHaveLength(4);
    }
    expect([...new Set(drawnPairs(10, 8).map(([, tPrime]) => tPrime))]).toEqual([0.1, 0.3, 1, 3]);
  });
});

it("paths change one value and keep the order", () => {
  const changed = withAt(setting, ["parameters", "schedule", "rate"], 2);
  expect(flat(changed)).toMatchObject({
    "parameters.p": 3,
    "parameters.schedule.rate": 2,
    "method.until": 10,
  });
  expect(Object.keys(changed)).toEqual(Object.keys(setting));
  expect(withAt(changed, ["parameters", "schedule"], undefined)).toEqual(setting);
});

it.each([
  ["ℓ_th(0)", "\\ell _{\\mathrm{th}}(0)"],
  ["Δ2", "Δ_{2}"],
  ["ν̂", "\\hat{ν}"],
  ["Q_ik", "Q_{ik}"],
  ["z − 2√Q″(1)", "z − 2\\sqrt{Q''(1)}"],
  ["z∞", "z_\\infty "],
  ["δν", "δν"],
  ["max |m_j|", "\\max  |m_{j}|"],
])("the symbol %s is a formula", (symbol, tex) => expect(texOf(symbol)).toBe(tex));

it("numbers are read off with a true minus sign, and powers of ten far from 1", () => {
  expect([-0.333333333, 12345678, 1.5e-7, 0, Infinity].map((x) => numberText(x))).toEqual([
    "−0.33333",
    "1.2346e7",
    "1.5e−7",
    "0",
    "infinity",
  ]);
});

it("labels of levels that would lie on each other are joined", () => {
  const levels = [1, 2, 2.01, 5].map((value) => ({ value, label: `${value}` }));
  expect(withSharedLabels(levels, (value) => value / 5, 0.05).map(({ label }) => label)).toEqual([
    "1",
    "",
    "2, 2.01",
    "5",
  ]);
});
