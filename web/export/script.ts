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
export interface ScriptFacts extends Omit<ConfigFacts, "pairs"> {
  readonly quantity: string;
  /** Of a function of two times, at which it is printed. */
  readonly pairs?: readonly (readonly [number, number])[];
  /** Whether the method has to be told the pairs. */
  readonly takesPairs: boolean;
  /** Where theory, and where simulation ends. */
  readonly until: number;
  readonly simulatedUntil: number;
  readonly stepped: boolean;
}

/** A script of about ten lines that gives the numbers of the page. */
export function scriptOf(setting: Setting, facts: ScriptFacts): string {
  const { system, parameters } = setting;
  return [
    `import { ${facts.simulates ? "simulate, solve" : "solve"} } from "twotime";`,
    "",
    `const problem = { system: "${system}", parameters: ${plain(parameters)} } as const;`,
    ...(facts.pairs ? pairLines(setting, facts, facts.pairs) : timeLines(setting, facts)),
    "",
  ].join("\n");
}

function timeLines({ method, simulation }: Setting, facts: ScriptFacts): string[] {
  const { quantity, until, simulatedUntil, simulates } = facts;
  const picked = /^\w+$/.test(quantity) ? `.${quantity}` : `[${JSON.stringify(quantity)}]`;
  const run = plain({ ...simulation, times: "@" }).replace('"@"', `times(${simulatedUntil})`);
  return [
    timesOf(facts),
    `const solution = await solve(problem, ${plain(method)});`,
    `const theory = solution.sample(times(${until}));`,
    `theory.time.forEach((t, k) => console.log(t, theory.series${picked}[k]));`,
    ...(simulates
      ? [
          `const finite = await simulate(problem, ${run});`,
          `finite.time.forEach((t, k) => console.log(t, finite.series${picked}[k], finite.standardError${picked}[k]));`,
        ]
      : []),
  ];
}

/** The report times of the page, as a function of the last. */
function timesOf({ stepped }: ScriptFacts): string {
  const spaced = `Array.from({ length: ${REPORTED} }, (_, k) => until * 10 ** (3 * (k / ${REPORTED - 1} - 1)))`;
  const times = stepped ? `[...new Set(${spaced}.map((t) => Math.max(1, Math.round(t))))]` : spaced;
  return `const times = (until: number) => ${times};`;
}

function pairLines(
  { method, simulation }: Setting,
  facts: ScriptFacts,
  pairs: readonly (readonly [number, number])[],
): string[] {
  const { quantity, simulatedUntil, simulates, takesPairs } = facts;
  const withPairs = (fields: object) => plain({ ...fields, pairs: "@" }).replace('"@"', "pairs");
  const run = withPairs({ ...simulation, times: "#" }).replace('"#"', `times(${simulatedUntil})`);
  return [
    // The finite system takes its steps by all times that it is asked for.
    ...(simulates ? [timesOf(facts)] : []),
    `const pairs: [number, number][] = ${JSON.stringify(pairs)};`,
    `const solution = await solve(problem, ${takesPairs ? withPairs(method) : plain(method)});`,
    `for (const [t, tPrime] of pairs) console.log(t, tPrime, solution.estimate!("${quantity}", t, tPrime).value);`,
    ...(simulates
      ? [
          `const finite = await simulate(problem, ${run});`,
          "const { series, standardError } = finite.twoTime!;",
          `pairs.forEach(([t, tPrime], k) => console.log(t, tPrime, series.${quantity}[k], standardError.${quantity}[k]));`,
        ]
      : []),
  ];
}

/** A value as TypeScript writes it: keys without quotes where they need none. */
function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return "{}";
  return `{ ${entries.map(([key, inner]) => `${/^\w+$/.test(key) ? key : JSON.stringify(key)}: ${plain(inner)}`).join(", ")} }`;
}
