import { expect, it } from "vitest";
import { computeMissing } from "../../../src/run/sweep/compute";
import type { Engine } from "../../../src/run/sweep/engine";
import { parsePlan } from "../../../src/run/sweep/plan";
import { createMemoryStore } from "../../../src/run/sweep/point-store";
import { createPoints } from "../../../src/run/sweep/points";
import { thisThread } from "./this-thread";

it("computes equal points once, by whoever has the first of them", async () => {
  const plan = parsePlan({
    verb: "predict",
    base: { system: "p-spin", parameters: { p: 3 }, report: { quantities: ["plateau"] } },
    vary: { "parameters.temperature": [0.1, 0.2, 0.1] },
  });
  const points = await createPoints(plan);
  const computedBy = async (isMine: (point: number) => boolean) => {
    const computed: string[] = [];
    const engine: Engine = {
      ...thisThread,
      compute(jobs, options) {
        const all = [...jobs];
        computed.push(...all.map(({ hash }) => hash));
        return thisThread.compute(all, options);
      },
    };
    await computeMissing({ plan, points, store: createMemoryStore(), engine, options: {}, isMine });
    return computed;
  };
  const [first, second] = points.hashes;
  expect(await computedBy(() => true)).toEqual([first, second]);
  expect(await computedBy((point) => point > 0)).toEqual([second]);
});
