import { openingView, type View } from "../chart/view";
import type { Setting } from "../compute/messages";

/** All that a link restores. */
export interface PageState {
  readonly setting: Setting;
  /** Settings that are compared with it. */
  readonly pinned: readonly Setting[];
  /** Whether the finite system runs too. */
  readonly simulate: boolean;
  readonly view: View;
}

/** With the current one: as many as colours tell apart. */
export const MOST_SETTINGS = 4;

/** The part of an address that holds a state. */
export const toHash = (state: PageState): string => `#${encodeURIComponent(JSON.stringify(state))}`;

/**
 * The state that an address holds: that of a page, or a config, of which what is left out is as the page opens.
 * Undefined where it holds none that can be read.
 */
export function fromHash(hash: string, openings: ReadonlyMap<string, Setting>): PageState | undefined {
  if (hash.length < 2) return undefined;
  try {
    const source = JSON.parse(decodeURIComponent(hash.slice(1)));
    const { setting = source, pinned = [], simulate = true, view = {} } = source;
    const all = [setting, ...pinned].map((one) => settingOf(one, openings));
    const known = all.filter((one) => one.system === all[0].system).slice(0, MOST_SETTINGS);
    return {
      setting: known[0],
      pinned: known.slice(1),
      simulate: simulate === true,
      view: { ...openingView, ...view },
    };
  } catch {
    return undefined;
  }
}

function settingOf(source: Partial<Setting>, openings: ReadonlyMap<string, Setting>): Setting {
  const { system, parameters, method, simulation } = source;
  const opening = openings.get(String(system));
  if (!opening) throw new Error("no such system");
  return {
    system: opening.system,
    parameters: parameters ?? opening.parameters,
    method: method ?? opening.method,
    simulation: simulation ?? opening.simulation,
  };
}
