import type { Config, Verb } from "./config";

/** Of the search over parameters, and of what sets a theory against a simulation: the same for all systems. */
const SEARCH = 1;
const COMPARISON = 1;

/** The versions of all that computes what a verb gives for a config, by name. */
export function versionsOf(
  verb: Verb,
  { system: { versions }, method, search }: Pick<Config, "system" | "method" | "search">,
): Readonly<Record<string, number>> {
  const of = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, versions[name]]));
  switch (verb) {
    case "solve":
      return of(method.kind);
    case "simulate":
      return of("simulation");
    case "predict":
      return of("predictions");
    case "compare":
      return { ...of(method.kind, "simulation"), comparison: COMPARISON };
    case "optimise":
      return search ? { ...of(method.kind), search: SEARCH } : of("optimise");
  }
}
