import { type System, systems } from "../../src";
import type { Setting } from "../../web/compute/messages";
import type { PageState } from "../../web/state/page-state";

const all: readonly System[] = systems;
const exampleOf = (name: string) =>
  all.find((system) => system.name === name)!.example as unknown as Partial<Setting> & { method?: object };

/** A state of the page with few samples, so that it soon rests. */
export function stateOf(name: string, part: Partial<PageState> = {}): PageState {
  const { parameters = {}, method = {}, simulation = {} } = exampleOf(name);
  const until = ({ convex: 100, "spherical-sk": 1000 } as Record<string, number>)[name];
  const end = until === undefined ? {} : { until };
  const setting = {
    system: name,
    parameters,
    method: { ...method, ...end },
    simulation: { ...simulation, ...end, samples: 4 },
  };
  return {
    setting,
    pinned: [],
    simulate: true,
    view: { x: "log", y: "linear", against: "difference" },
    ...part,
  };
}
