import type { Setting } from "../compute/messages";
import { REPORTED } from "../compute/times";

/** The config of a setting: `twotime compare` of it gives what the page shows. */
export function configOf(
  { system, parameters, method, simulation }: Setting,
  { simulates, pairs }: ConfigFacts,
) {
  return {
    system,
    parameters,
    method,
    ...(simulates && { simulation }),
    ...(pairs && { report: { pairs } }),
  };
}

interface ConfigFacts {
  /** Whether there is a finite system. */
  readonly simulates: boolean;
  /** At which functions of two times were simulated. */
  readonly pairs?: readonly (readonly [number, number])[];
}

/** What a script needs to know besides the setting. */
export interface ScriptFacts extends ConfigFacts {
  readonly quantity: string;
  /** Where theory, and where simulation ends. */
  readonly until: number;
  readonly simulatedUntil: number;
  readonly stepped: boolean;
}

/** A script of about ten lines that gives the numbers of the page. */
export function scriptOf({ system, parameters, method, simulation }: Setting, facts: ScriptFacts): string {
  const { quantity, until, simulatedUntil, stepped, simulates, pairs } = facts;
  const spaced = `Array.from({ length: ${REPORTED} }, (_, k) => until * 10 ** (3 * (k / ${REPORTED - 1} - 1)))`;
  const times = stepped ? `[...new Set(${spaced}.map((t) => Math.max(1, Math.round(t))))]` : spaced;
  const picked = /^\w+$/.test(quantity) ? `.${quantity}` : `[${JSON.stringify(quantity)}]`;
  return [
    `import { ${simulates ? "simulate, solve" : "solve"} } from "twotime";`,
    "",
    `const times = (until: number) => ${times};`,
    `const problem = { system: "${system}", parameters: ${plain(parameters)} } as const;`,
    `const solution = await solve(problem, ${plain(method)});`,
    `const theory = solution.sample(times(${until}));`,
    `theory.time.forEach((t, k) => console.log(t, theory.series${picked}[k]));`,
    ...(simulates
      ? [
          `const finite = await simulate(problem, ${plain({ ...simulation, times: "@", pairs }).replace('"@"', `times(${simulatedUntil})`)});`,
          `finite.time.forEach((t, k) => console.log(t, finite.series${picked}[k], finite.standardError${picked}[k]));`,
        ]
      : []),
    "",
  ].join("\n");
}

/** A value as TypeScript writes it: keys without quotes where they need none. */
function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return "{}";
  return `{ ${entries.map(([key, inner]) => `${/^\w+$/.test(key) ? key : JSON.stringify(key)}: ${plain(inner)}`).join(", ")} }`;
}
