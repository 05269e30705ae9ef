/** The part of odex 2 that is used: Hairer and Wanner's extrapolation of the midpoint rule. */
export interface OdexSolver {
  initialStepSize: number;
  denseOutput: boolean;
  relativeTolerance: number;
  absoluteTolerance: number;
  /** outcome 0: done; 1: more than the allowed 10000 steps; 2: the observer returned false. */
  solve(
    derivative: (t: number, y: number[]) => ArrayLike<number>,
    from: number,
    start: number[],
    until: number,
    observer: OdexObserver,
  ): { readonly outcome: number };
}

/**
 * Called after every accepted step, and once at the start without an interpolant; `dense(i, t)` is component i at t
 * in [before, now], valid only during the call. Returning false ends the integration.
 */
export type OdexObserver = (
  step: number,
  before: number,
  now: number,
  y: number[],
  dense?: ((component: number, t: number) => number) | false,
) => boolean;

interface OdexModule {
  readonly Solver: new (dimension: number) => OdexSolver;
}

/**
 * odex ships its TypeScript source, which does not pass this project's strict checks; with the cast the compiler
 * does not follow the import, while bundlers still see it.
 */
export async function loadOdex(): Promise<OdexModule> {
  const loaded = (await import("odex" as string)) as OdexModule & { readonly default: OdexModule };
  return loaded.Solver ? loaded : loaded.default;
}
