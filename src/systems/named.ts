import type { z } from "zod";
import type { Optimum, Solution } from "../core/results";
import type { Optimisation } from "./optimise/optimise";
import type { systems } from "./registry";

/**
 * Types by the name of a system: what its schemas take and what its solver gives. A name that is only known as a text
 * (from a file, say) has the loose types, and everything is checked when it runs.
 */
export type SystemName = (typeof systems)[number]["name"];

/** Plain data, as in a config file. */
export type Fields = Readonly<Record<string, unknown>>;

type Named<Name extends string> = Extract<(typeof systems)[number], { readonly name: Name }>;

/** `Known` for the name of a system, loose fields for any text, nothing for a wrong name. */
type ByName<Name extends string, Known, Loose = Fields> = Name extends SystemName
  ? Known
  : string extends Name
    ? Loose
    : never;

/** The same with any list of numbers where there is an array. */
type AnyLists<T> = T extends readonly (infer Item)[]
  ? ArrayLike<AnyLists<Item>>
  : T extends object
    ? { readonly [Key in keyof T]: AnyLists<T[Key]> }
    : T;

type InputOf<Schema> = Schema extends z.ZodType ? AnyLists<z.input<Schema>> : never;

export type ParametersOf<Name extends string> = ByName<Name, InputOf<Named<Name>["parameters"]>>;

export type MethodOf<Name extends string> = ByName<Name, InputOf<Named<Name>["methods"][string]>>;

/** What to simulate and what to report of it: times (60 when left out), pairs [t, t′], quantities. */
export type SimulationOf<Name extends string> = ByName<Name, InputOf<Named<Name>["simulation"]>> & {
  readonly times?: ArrayLike<number>;
  readonly pairs?: ArrayLike<ArrayLike<number>>;
  readonly quantities?: readonly string[];
};

type CodeOf<Name extends string> = Awaited<ReturnType<Named<Name>["load"]>>;

export type SolutionOf<Name extends string> = ByName<
  Name,
  CodeOf<Name> extends { solve(...args: never[]): Promise<infer Solved> } ? Solved : Solution,
  Solution
>;

/** A search for the best numbers among the parameters, by the theory: the `optimise` of a config file. */
export interface SearchGoal {
  /** Bounds by the dotted name of a parameter, e.g. "schedule.exponent": [0, 0.95]. */
  readonly parameters: Readonly<Record<string, ArrayLike<number>>>;
  readonly minimise?: { readonly quantity: string; readonly time: number };
  readonly reach?: { readonly quantity: string; readonly value: number };
  readonly evaluations?: number;
  readonly tolerance?: number;
}

type OwnGoal<Name extends string> = Named<Name> extends { readonly optimise?: infer Goal } ? Goal : undefined;

/** What to search for: numbers among the parameters, or what the system's own search takes. */
export type GoalOf<Name extends string> = ByName<
  Name,
  OwnGoal<Name> extends z.ZodType
    ? InputOf<OwnGoal<Name>> & { readonly times?: ArrayLike<number> }
    : SearchGoal
>;

export type OptimumOf<Name extends string> = ByName<
  Name,
  OwnGoal<Name> extends z.ZodType ? Optimum : Optimisation,
  Optimum | Optimisation
>;

/** A system by its name, with its parameters as in a config file; what is left out has its default. */
export type Problem<Name extends string = SystemName> = { readonly system: Name } & (Record<
  never,
  never
> extends ParametersOf<Name>
  ? { readonly parameters?: ParametersOf<Name> }
  : { readonly parameters: ParametersOf<Name> });

/** An argument that may be left out where everything in it has a default, and what follows it. */
export type Arguments<Value, Rest> =
  Record<never, never> extends Value ? [value?: Value, rest?: Rest] : [value: Value, rest?: Rest];
