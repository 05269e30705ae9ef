import type { FinitePart, Setting, TheoryPart } from "./messages";

/** What is known of settings, those not used for the longest time forgotten. */
export interface Results {
  theory(setting: Setting): Kept<TheoryPart> | undefined;
  /** @param paired whether functions of two times were asked for */
  finite(setting: Setting, paired: boolean): Kept<FinitePart> | undefined;
  keepTheory(setting: Setting, kept: Kept<TheoryPart>): void;
  keepFinite(setting: Setting, paired: boolean, kept: Kept<FinitePart>): void;
}

export interface Kept<T> {
  readonly part?: T;
  /** Whether it is all there is, or has failed. */
  readonly over: boolean;
  readonly error?: Error;
}

/** The theory of a setting does not depend on how the finite system is simulated, nor the other way round. */
export const theoryKey = ({ system, parameters, method, simulation }: Setting): string =>
  JSON.stringify([system, parameters, method, method.until === undefined && simulation.until]);
export const finiteKey = ({ system, parameters, simulation, method }: Setting, paired: boolean): string =>
  JSON.stringify([system, parameters, simulation, simulation.until === undefined && method.until, paired]);

const MOST_KEPT = 40;

export function createResults(): Results {
  const theories = new Map<string, Kept<TheoryPart>>();
  const finites = new Map<string, Kept<FinitePart>>();
  const keep = <T>(map: Map<string, T>, key: string, value: T) => {
    map.delete(key);
    map.set(key, value);
    if (map.size > MOST_KEPT) map.delete(map.keys().next().value!);
  };
  return {
    theory: (setting) => theories.get(theoryKey(setting)),
    finite: (setting, paired) => finites.get(finiteKey(setting, paired)),
    keepTheory: (setting, kept) => keep(theories, theoryKey(setting), kept),
    keepFinite: (setting, paired, kept) => keep(finites, finiteKey(setting, paired), kept),
  };
}
