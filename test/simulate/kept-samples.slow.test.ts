import { describe, expect, it } from "vitest";
import { InterruptedError } from "../../src/core/errors";
import type { Checkpoint, CheckpointStore, Options, Pool } from "../../src/core/options";
import { serialPool } from "../../src/core/pool";
import { simulateConfig } from "../../src/systems/calls";
import { systems } from "../../src/systems/registry";

/** A store in memory that copies, as a file does. */
function memory(): CheckpointStore & { kept?: Checkpoint; saves: number } {
  return {
    saves: 0,
    async load() {
      return this.kept;
    },
    async save(checkpoint) {
      this.saves++;
      this.kept = structuredClone(checkpoint);
    },
  };
}

/** Small simulations of all systems that have one, with all that a sample can bring: events, pairs, fits. */
const small: Readonly<Record<string, object>> = {
  "p-spin": { size: 16, samples: 5, until: 0.5, step: 0.1 },
  "spiked-matrix-tensor": { size: 16, samples: 5, until: 0.5, step: 0.1 },
  convex: { samples: 5, step: 0.1, until: 2 },
  "spherical-sk": { size: 32, samples: 5, until: 1, step: 0.1 },
  "phase-retrieval": { size: 24, samples: 5, until: 0.2 },
  "quadratic-network": { samples: 5, stepLimit: 200 },
  "teacher-student": { dimension: 20, samples: 5, until: 1 },
  "random-features": { samples: 5, until: 40 },
  "label-noise-momentum": { samples: 5, until: 200 },
};

const configOf = (system: (typeof systems)[number]) => ({
  ...system.example,
  system: system.name,
  simulation: {
    ...(system.example as { simulation?: object }).simulation,
    ...small[system.name],
    seed: 20261122,
  },
  report: {},
});

/** A pool that stops after so many pieces. */
function stopping(after: number): Options {
  const controller = new AbortController();
  let pieces = 0;
  const pool: Pool = {
    workers: 2,
    map: (task, list, options) =>
      serialPool.map(
        {
          ...task,
          async run(piece, inside) {
            if (pieces++ >= after) {
              controller.abort();
              throw new InterruptedError();
            }
            return task.run(piece, inside);
          },
        },
        list,
        options,
      ),
  };
  return { pool, signal: controller.signal };
}

describe.each(systems.map((system) => [system.name, system] as const))("samples of %s", (name, system) => {
  it.skipIf("absent" in system.simulation)("are kept and go on with the same numbers", async () => {
    expect(Object.keys(small)).toContain(name);
    const config = configOf(system);
    const whole = await simulateConfig(config);
    const checkpoint = memory();
    const stopped = simulateConfig(config, { ...stopping(2), checkpoint });
    const error: InterruptedError = await stopped.then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(InterruptedError);
    expect(error.partial).toMatchObject({ samples: 2 });
    const simulated: number[] = [];
    const counted: Pool = {
      workers: 1,
      map(task, pieces, options) {
        simulated.push(...pieces.map((piece) => (piece as { from: number }).from));
        return serialPool.map(task, pieces, options);
      },
    };
    const resumed = await simulateConfig(config, { checkpoint, pool: counted });
    expect(resumed).toEqual(whole);
    expect(Object.keys(resumed.series)).toEqual(Object.keys(whole.series));
    expect(simulated).toHaveLength(3);
    const again = await simulateConfig(config, { checkpoint, pool: counted });
    expect(again).toEqual(whole);
    expect(simulated).toHaveLength(3);
  });
});

describe("kept samples", () => {
  const config = configOf(systems[0]);

  it("of another problem, step or seed are refused, and stay", async () => {
    const checkpoint = memory();
    await simulateConfig(config, { checkpoint });
    const { kept } = checkpoint;
    for (const change of [{ step: 0.05 }, { seed: 1 }, { size: 17 }]) {
      const other = { ...config, simulation: { ...config.simulation, ...change } };
      await expect(simulateConfig(other, { checkpoint })).rejects.toThrow(
        /holds states of an ensemble \(simulation of .*\) with other parameters or another method/,
      );
    }
    expect(checkpoint.kept).toBe(kept);
  });

  it("are all kept in the end, though a slow store is not given every step of the way", async () => {
    const checkpoint = memory();
    const slow: CheckpointStore = {
      load: () => checkpoint.load(),
      async save(kept) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        await checkpoint.save(kept);
      },
    };
    await simulateConfig(config, { checkpoint: slow });
    const none: Pool = { workers: 1, map: () => expect.fail("a sample is simulated again") };
    await simulateConfig(config, { checkpoint: slow, pool: none });
  });

  it("count for a larger ensemble", async () => {
    const checkpoint = memory();
    await simulateConfig(config, { checkpoint });
    const larger = { ...config, simulation: { ...config.simulation, samples: 7 } };
    const saves = checkpoint.saves;
    expect(await simulateConfig(larger, { checkpoint })).toEqual(await simulateConfig(larger));
    expect(checkpoint.saves - saves).toBeLessThanOrEqual(2);
  });
});
