import { describe, expect, it } from "vitest";
import { ConvergenceError, InterruptedError } from "../../../src/core/errors";
import type { Progress } from "../../../src/core/options";
import { type NetworkState, quadraticNetwork } from "../../../src/models/quadratic-network/network";
import { type NetworkPath, solveNetworkOde } from "../../../src/ode/quadratic-network";
import { asymptoticExcessRisk } from "../../../src/theory/quadratic-network/asymptotic";
import { singleNeuronExitTime, singleNeuronOverlap } from "../../../src/theory/quadratic-network/single";
import { casesOf, starts } from "../../reference/quadratic-cases";

function start(overlap: readonly number[], correlation: readonly (readonly number[])[]): NetworkState {
  return {
    overlap: Float64Array.from(overlap),
    correlation: Float64Array.from(correlation.flat()),
    secondLayer: new Float64Array(overlap.length).fill(1),
  };
}

const pairStart = start(
  [0.3, 0.2],
  [
    [1, 0.06],
    [0.06, 1],
  ],
);

function near(found: readonly number[], wanted: number | readonly number[], tolerance: number): void {
  const list = typeof wanted === "number" ? [wanted] : wanted;
  expect(found.length).toBe(list.length);
  for (const [i, x] of found.entries()) expect(Math.abs(x - list[i])).toBeLessThan(tolerance);
}

describe("order-parameter ODE", () => {
  it("a single neuron follows the closed form, and so does its exit", async () => {
    for (const [learningRate, labelNoise, m0] of [
      [0.1, 0, 0.02],
      [0.05, 1, -0.05],
      [0.02, 0.5, 0.3],
    ]) {
      const network = quadraticNetwork({ learningRate, labelNoise });
      const exit = { on: "risk", threshold: 0.3 } as const;
      const path = await solveNetworkOde(network, start([m0], [[1]]), { until: 6, exit });
      const times = Array.from({ length: 61 }, (_, k) => 0.1 * k);
      const { "overlap[0]": overlap } = path.sample(times);
      for (const [k, t] of times.entries())
        expect(Math.abs(overlap[k] - singleNeuronOverlap(network, m0, t))).toBeLessThan(1e-10);
      expect(Math.abs(path.exitTime - singleNeuronExitTime(network, m0, 0.3))).toBeLessThan(1e-10);
    }
  });

  it.each([1e-12, 1e-8, 1e-5])(
    "tolerance %f: its errors cover the true ones, and are no more than they need be",
    async (tolerance) => {
      const network = quadraticNetwork({ learningRate: 0.05, labelNoise: 1 });
      const exit = { on: "risk", threshold: 0.3 } as const;
      const path = await solveNetworkOde(network, start([0.02], [[1]]), { until: 6, tolerance, exit });
      const times = Array.from({ length: 61 }, (_, k) => 0.1 * k);
      const { "overlap[0]": overlap } = path.sample(times);
      const { "overlap[0]": error } = path.errors!(times);
      for (const [k, t] of times.entries()) {
        const apart = Math.abs(overlap[k] - singleNeuronOverlap(network, 0.02, t));
        expect(apart).toBeLessThanOrEqual(error[k] + 1e-14);
        expect(error[k]).toBeLessThan(1e6 * tolerance + 1e-13);
      }
      const exitApart = Math.abs(path.exitTime - singleNeuronExitTime(network, 0.02, 0.3));
      expect(exitApart).toBeLessThanOrEqual(path.exitError! + 1e-14);
      expect(path.exitError).toBeLessThan(1e6 * tolerance);
      // Beyond the end too, where the exit is searched for.
      const short = await solveNetworkOde(network, start([0.02], [[1]]), { until: 0.5, tolerance, exit });
      const shortApart = Math.abs(short.exitTime - singleNeuronExitTime(network, 0.02, 0.3));
      expect(short.exitTime).toBeGreaterThan(0.5);
      expect(shortApart).toBeLessThanOrEqual(short.exitError! + 1e-14);
      expect(short.exitError).toBeLessThan(1e6 * tolerance);
    },
  );

  describe.each([2, 5, 20])("reference at width %i", (p) => {
    const [{ params }] = casesOf(`odeS-${p}-`);
    const { gamma, Delta } = params as Record<string, number>;
    const network = quadraticNetwork({ width: p, learningRate: gamma, labelNoise: Delta });
    const [overlap, correlation] = starts[p];

    it("curves", async () => {
      const path = await solveNetworkOde(network, start(overlap, correlation), { until: 3 });
      for (const { id, t, value, tolerance } of casesOf(`odeS-${p}-`)) {
        const series = path.sample([t!]);
        const found = id.endsWith("risk")
          ? [series.excessRisk[0]]
          : [series["overlap[0]"][0], series["correlation[0,1]"][0]];
        near(found, value, tolerance);
      }
    });

    it("exit times", async () => {
      for (const { params: own, value, tolerance } of casesOf(`exitS-${p}-`)) {
        const threshold = (own as Record<string, number>).T;
        const exit = { on: "risk", threshold } as const;
        const path = await solveNetworkOde(network, start(overlap, correlation), { until: 3, exit });
        expect(Math.abs(path.exitTime - (value as number))).toBeLessThan(tolerance);
      }
    });
  });

  it("never exits where the risk turns back above the threshold (p = 20, γ = 4, T = 0.5)", async () => {
    const network = quadraticNetwork({ width: 20, learningRate: 4, labelNoise: 0.5 });
    const path = await solveNetworkOde(network, start(...starts[20]), {
      until: 12,
      tolerance: 1e-9,
      exit: { on: "risk", threshold: 0.5 },
    });
    expect(path.exitTime).toBe(Infinity);
    expect(path.exitSearch.end).toBe("rest");
    expect(path.nodes[path.nodes.length - 1]).toBeCloseTo(12, 10);
    const { excessRisk } = path.sample(Array.from({ length: 241 }, (_, k) => 0.05 * k));
    const lowest = Math.min(...excessRisk);
    expect(lowest / excessRisk[0]).toBeCloseTo(0.578, 3);
    expect(excessRisk[240]).toBeGreaterThan(lowest + 0.05);
  });

  describe("an exit that has not come by the end is followed", () => {
    const until = 0.5;
    const exit = { on: "risk", threshold: 0.5 } as const;
    const follow = (learningRate: number, overlap: number, labelNoise = 0) => {
      const network = quadraticNetwork({ learningRate, labelNoise });
      return solveNetworkOde(network, start([overlap], [[1]]), { until, exit });
    };

    it("to its time, while the path ends where it should", async () => {
      const path = await follow(0.16, 0.02);
      expect(path.exitTime).toBeCloseTo(24.4514, 4);
      expect(path.exitTime).toBeCloseTo(
        singleNeuronExitTime({ learningRate: 0.16, labelNoise: 0 }, 0.02, 0.5),
        8,
      );
      expect(path.exitSearch).toMatchObject({ end: "event", until: path.exitTime });
      expect(path.nodes[path.nodes.length - 1]).toBeCloseTo(until, 12);
      // The plateau is no rest, however small the overlap.
      const tiny = await follow(0.1, 1e-5);
      const exact = singleNeuronExitTime({ learningRate: 0.1, labelNoise: 0 }, 1e-5, 0.5);
      expect(Math.abs(tiny.exitTime - exact)).toBeLessThan(1e-6);
    });

    it.each([
      ["an overlap of exactly 0", 0.1, 0, 0],
      ["beyond the learnable bound", 0.2, 0.1, 0],
      ["where noise keeps the risk above the threshold", 0.1, 0.1, 4],
    ])("to rest: %s", async (_, learningRate, overlap, labelNoise) => {
      const path = await follow(learningRate, overlap, labelNoise);
      expect(path.exitSearch).toMatchObject({ time: Infinity, end: "rest" });
    });

    it("to the horizon, where it moves for ever, and to divergence", async () => {
      // μ = 0: the overlap falls off as a power of t.
      const { exitSearch } = await follow(0.125, 0.3, 4);
      expect(exitSearch).toMatchObject({ time: Infinity, end: "horizon" });
      expect(exitSearch.until).toBeCloseTo(1000, 9);
      const wild = quadraticNetwork({ learningRate: 0.2, labelNoise: 1, constraint: "none" });
      const gone = await solveNetworkOde(wild, start([0.1], [[1]]), { until: 0.01, exit });
      expect(gone.exitSearch).toMatchObject({ time: Infinity, end: "divergence" });
      expect(gone.exitSearch.until).toBeCloseTo(0.134, 2);
    });

    it("until an abort, with the whole path in hand and nothing said about the exit", async () => {
      const abort = new AbortController();
      const network = quadraticNetwork({ width: 20, learningRate: 1, labelNoise: 0.5 });
      const stopped = solveNetworkOde(
        network,
        start(...starts[20]),
        { until: 0.1, exit: { ...exit, threshold: 0.999 } },
        { signal: abort.signal, onProgress: ({ done }) => done > 0.2 && abort.abort() },
      );
      const { partial } = (await stopped.catch((e) => e)) as { partial: NetworkPath };
      expect(partial.nodes[partial.nodes.length - 1]).toBeCloseTo(0.1, 12);
      expect(partial.exitSearch.end).toBe("stopped");
    });
  });

  it("trains the second layer, on the sphere and off it", async () => {
    const settings = { width: 2, learningRate: 0.2, labelNoise: 0.3, trainSecondLayer: true };
    for (const [prefix, constraint] of [
      ["ode2L-S", "sphere"],
      ["ode2L-U", "none"],
    ] as const) {
      const path = await solveNetworkOde(quadraticNetwork({ ...settings, constraint }), pairStart, {
        until: 1,
      });
      for (const { t, value, tolerance } of casesOf(prefix)) {
        const s = path.sample([t!]);
        const names = [
          "overlap[0]",
          "overlap[1]",
          "correlation[0,0]",
          "correlation[0,1]",
          "correlation[1,1]",
        ];
        near(
          [...names, "secondLayer[0]", "secondLayer[1]", "risk"].map((name) => s[name][0]),
          value,
          tolerance,
        );
      }
    }
  });

  it.each(casesOf("odeU-"))("unconstrained single neuron $id", async ({ params, t, value, tolerance }) => {
    const { gamma, Delta, m0 } = params as Record<string, number>;
    const network = quadraticNetwork({ learningRate: gamma, labelNoise: Delta, constraint: "none" });
    const series = (await solveNetworkOde(network, start([m0], [[1]]), { until: t! })).sample([t!]);
    near([series["overlap[0]"][0], series["correlation[0,0]"][0]], value, tolerance);
  });

  it("ends at the asymptotic risk of the aligned fixed point", async () => {
    for (const [p, learningRate, labelNoise] of [
      [2, 0.2, 0.1],
      [5, 0.6, 0.2],
    ]) {
      const network = quadraticNetwork({ width: p, learningRate, labelNoise });
      const path = await solveNetworkOde(network, start(...starts[p]), { until: 250, tolerance: 1e-10 });
      expect(path.sample([250]).excessRisk[0]).toBeCloseTo(asymptoticExcessRisk(network)!, 7);
    }
  });

  it("the exit by overlap is when the largest |m| reaches the threshold", async () => {
    const network = quadraticNetwork({ width: 2, learningRate: 0.2, labelNoise: 0.3, constraint: "none" });
    const path = await solveNetworkOde(network, pairStart, {
      until: 2,
      exit: { on: "maxOverlap", threshold: 0.6 },
    });
    expect(path.sample([path.exitTime]).maxOverlap[0]).toBeCloseTo(0.6, 11);
    expect(path.sample([path.exitTime - 1e-3]).maxOverlap[0]).toBeLessThan(0.6);
  });

  it("the error follows the tolerance", async () => {
    const network = quadraticNetwork({ learningRate: 0.1 });
    const exact = singleNeuronOverlap(network, 0.02, 1.7);
    const steps: number[] = [];
    for (const tolerance of [1e-6, 1e-9, 1e-12]) {
      const path = await solveNetworkOde(network, start([0.02], [[1]]), { until: 5, tolerance });
      const error = Math.abs(path.sample([1.7])["overlap[0]"][0] - exact);
      expect(error).toBeLessThan(100 * tolerance);
      // A looser one is made use of.
      if (tolerance > 1e-10) expect(error).toBeGreaterThan(1e-4 * tolerance);
      steps.push(path.nodes.length);
    }
    expect(steps[0]).toBeLessThanOrEqual(steps[1]);
    expect(steps[1]).toBeLessThan(steps[2]);
  });

  it("stops with what it has where the norms diverge, and on an abort", async () => {
    const wild = quadraticNetwork({ learningRate: 0.9, constraint: "none" });
    const error = await solveNetworkOde(wild, start([0.1], [[1]]), { until: 40 }).catch((e) => e);
    expect(error).toBeInstanceOf(ConvergenceError);
    const { reached, partial } = error.details;
    expect(reached).toBeGreaterThan(0.005);
    const { excessRisk } = (partial as NetworkPath).sample([reached / 2]);
    expect(excessRisk[0]).toBeGreaterThan(1);

    const wide = quadraticNetwork({ width: 20, learningRate: 4 });
    const controller = new AbortController();
    const stop = {
      signal: controller.signal,
      onProgress: ({ done }: Progress) => done > 0 && controller.abort(),
    };
    const interruption = await solveNetworkOde(wide, start(...starts[20]), { until: 200 }, stop).catch(
      (e) => e,
    );
    expect(interruption).toBeInstanceOf(InterruptedError);
    expect((interruption.partial as NetworkPath).nodes.length).toBeGreaterThan(1);
    const unbegun = { signal: AbortSignal.abort() };
    const none = await solveNetworkOde(wide, start(...starts[20]), { until: 200 }, unbegun).catch((e) => e);
    expect((none.partial as NetworkPath).nodes.length).toBe(1);
  });

  it("refuses impossible starts and parameters by name", async () => {
    const sphere = quadraticNetwork({ width: 2, learningRate: 0.2 });
    const free = quadraticNetwork({ width: 2, learningRate: 0.2, constraint: "none" });
    const identity = [
      [1, 0],
      [0, 1],
    ];
    for (const [network, state, parameter] of [
      [sphere, start([0.1], [[1]]), "initial.overlap"],
      [
        sphere,
        start(
          [0.1, 0],
          [
            [1, 0.1],
            [0.2, 1],
          ],
        ),
        "initial.correlation[1][0]",
      ],
      [
        sphere,
        start(
          [0.1, 0],
          [
            [1, 0],
            [0, 1.1],
          ],
        ),
        "initial.correlation[1][1]",
      ],
      [
        free,
        start(
          [0.1, 0],
          [
            [1, 1.2],
            [1.2, 1],
          ],
        ),
        "initial.correlation",
      ],
      [sphere, start([0.9, 0.9], identity), "initial.overlap"],
      [sphere, start([1.1, 0], identity), "initial.overlap"],
      [quadraticNetwork({ width: 0, learningRate: 1 }), start([0.1, 0], identity), "width"],
      [
        { ...quadraticNetwork({ width: 2, learningRate: 1 }), learningRate: -1 },
        start([0.1, 0], identity),
        "learningRate",
      ],
      [quadraticNetwork({ width: 2, learningRate: 1, dimension: 2 }), start([0.1, 0], identity), "dimension"],
      [
        quadraticNetwork({
          width: 2,
          learningRate: 1,
          trainSecondLayer: true,
          secondLayerRate: "first-layer",
        }),
        start([0.1, 0], identity),
        "dimension",
      ],
    ] as const) {
      await expect(solveNetworkOde(network, state, { until: 1 })).rejects.toMatchObject({ parameter });
    }
    const bad = solveNetworkOde(sphere, start([0, 0], identity), { until: -1 });
    await expect(bad).rejects.toMatchObject({ parameter: "until" });
  });
});
