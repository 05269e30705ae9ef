import type { Citation } from "../../core/citations";
import { createPacer, type Options } from "../../core/options";
import type { Ensemble, Optimum, Predictions, Solution } from "../../core/results";
import type { ConfigSource } from "./config";

/** What a figure needs of the systems, which it knows by configs alone: whoever makes the figure brings it. */
export interface Solvers {
  solve(config: ConfigSource, options: Options): Promise<Solution>;
  simulate(config: ConfigSource, options: Options): Promise<Ensemble>;
  predict(config: ConfigSource): Promise<Predictions>;
  /** Of a system with a search of its own. */
  optimise(config: ConfigSource, options: Options): Promise<Optimum>;
  /** Of a system without one: the least of the search over its parameters, undefined where nothing was reached. */
  search(config: ConfigSource, options: Options): Promise<Best | undefined>;
  /** The papers behind a config's system. */
  sources(config: ConfigSource): readonly Citation[];
}

/** The best parameters, in the order of the config, and what they come to. */
export interface Best {
  readonly at: readonly number[];
  readonly value: number;
}

/** A computation behind a figure, so that a reader can repeat it. */
export interface Recipe {
  /** What it gives, e.g. "β = 0.4, theory". */
  readonly label: string;
  /** The verb of the command line: `twotime <verb> config.json`. */
  readonly verb: "solve" | "simulate" | "predict" | "compare" | "optimise";
  readonly config: ConfigSource;
}

/**
 * The result of `work`, which is plain data and depends on `inputs` alone (plain data too); or what was kept of it when a
 * campaign that was stopped goes on.
 */
export type Remember = <T>(inputs: unknown, work: () => Promise<T>) => Promise<T>;

export interface LabTools {
  readonly solvers: Solvers;
  /** Progress, abort and pool of the computations. */
  readonly options: Options;
  /** For the parts of a figure that takes hours; without it nothing is kept. */
  readonly remember?: Remember;
}

/** Where a figure computes: every computation is recorded as a recipe, and tells how far the figure is. */
export interface Lab {
  /** For long work of the figure's own. */
  readonly options: Options;
  solve(label: string, config: ConfigSource): Promise<Solution>;
  simulate(label: string, config: ConfigSource): Promise<Ensemble>;
  /** The best schedule, by the search of the config's own system. */
  optimise(label: string, config: ConfigSource): Promise<Optimum>;
  /** The best parameters, by the search over numbers among them; undefined where nothing was reached. */
  search(label: string, config: ConfigSource): Promise<Best | undefined>;
  /** Both of one config: the recipe is that of `twotime compare`. */
  both(label: string, config: ConfigSource): Promise<{ theory: Solution; ensemble: Ensemble }>;
  /** The closed forms of a config; a recipe where there is a label. */
  predict(config: ConfigSource, label?: string): Promise<Predictions>;
  /**
   * Works through the parts of the figure in turn. What a part finds is plain data, and is remembered: a campaign that
   * was stopped goes on after it.
   * @param shares cost of a part in any unit (default: all the same), and how many calls of the lab it makes (default 1)
   * @throws InterruptedError after an abort, between parts at the latest.
   */
  parts<T, R>(
    parts: readonly T[],
    work: (part: T, lab: Lab) => Promise<R>,
    shares?: { cost?(part: T): number; readonly calls?: number },
  ): Promise<R[]>;
}

/** What the computations were, and the papers behind them. */
export interface Used {
  readonly recipes: readonly Recipe[];
  readonly citations: readonly Citation[];
}

/** @param sizes of the figure: what is remembered belongs to them. */
export function createLab(id: string, sizes: unknown, tools: LabTools): { lab: Lab; used(): Used } {
  const { options, remember = (_, work) => work() } = tools;
  let partsSoFar = 0;

  /** A bench with its own record, which tells its progress as a share of 1 after so many calls. */
  function bench(calls: number, tell: (what: string, share: number) => void): { lab: Lab; used(): Used } {
    const recipes: Recipe[] = [];
    const citations = new Map<string, Citation>();
    let finished = 0;
    const note = (label: string, verb: Recipe["verb"], config: ConfigSource) => {
      recipes.push({ label, verb, config });
      for (const citation of tools.solvers.sources(config)) citations.set(citation.key, citation);
    };
    /** Options of one of `of` computations that make a call together. */
    const watched = (label: string, of = 1): Options => ({
      ...options,
      onProgress: ({ done, total }) =>
        tell(label, Math.min(1, (finished + (total > 0 ? done / total : 0) / of) / calls)),
    });
    const solve = async (label: string, config: ConfigSource, of = 1) => {
      const solution = await tools.solvers.solve(config, watched(label, of));
      finished += 1 / of;
      return solution;
    };
    const simulate = async (label: string, config: ConfigSource, of = 1) => {
      const ensemble = await tools.solvers.simulate(config, watched(label, of));
      finished += 1 / of;
      return ensemble;
    };
    const lab: Lab = {
      options: watched(id),
      solve(label, config) {
        note(label, "solve", config);
        return solve(label, config);
      },
      simulate(label, config) {
        note(label, "simulate", config);
        return simulate(label, config);
      },
      async optimise(label, config) {
        note(label, "optimise", config);
        const optimum = await tools.solvers.optimise(config, watched(label));
        finished += 1;
        return optimum;
      },
      async search(label, config) {
        note(label, "optimise", config);
        const best = await tools.solvers.search(config, watched(label));
        finished += 1;
        return best;
      },
      async both(label, config) {
        note(label, "compare", config);
        const theory = await solve(label, config, 2);
        return { theory, ensemble: await simulate(label, config, 2) };
      },
      async predict(config, label) {
        if (label !== undefined) note(label, "predict", config);
        return tools.solvers.predict(config);
      },
      async parts(parts, work, { cost = () => 1, calls: callsOfPart = 1 } = {}) {
        const total = parts.reduce((sum, part) => sum + cost(part), 0);
        const pacer = createPacer(id, total, options);
        const results = [];
        let spent = 0;
        for (const part of parts) {
          await pacer.pause(spent);
          const inputs = { sizes, number: partsSoFar++, part };
          const kept = await remember(inputs, async () => {
            const inner = bench(callsOfPart, (what, share) =>
              options.onProgress?.({ label: `${id}, ${what}`, done: spent + share * cost(part), total }),
            );
            return { found: await work(part, inner.lab), used: inner.used() };
          });
          recipes.push(...kept.used.recipes);
          for (const citation of kept.used.citations) citations.set(citation.key, citation);
          results.push(kept.found);
          spent += cost(part);
        }
        return results;
      },
    };
    return { lab, used: () => ({ recipes, citations: [...citations.values()] }) };
  }
  return bench(1, (what, share) => options.onProgress?.({ label: `${id}, ${what}`, done: share, total: 1 }));
}
