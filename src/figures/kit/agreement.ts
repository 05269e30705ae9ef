import { type Comparison, compare, extrapolatedCurveStatistic, extrapolateSize } from "../../compare";
import type { Ensemble, Solution } from "../../core/results";
import { comparisonPicture } from "./comparison-figure";
import { type ConfigSource, seed } from "./config";
import type { Lab } from "./lab";
import { plain } from "./plain";
import { probability, table } from "./table";
import { lineOf } from "./theory-line";

/** Numbers of spins, and samples of each. */
interface Sizes {
  readonly sizes: readonly number[];
  readonly samples: readonly number[];
}

/** A finite system of one size. */
interface Size {
  readonly size: number;
  readonly samples: number;
  readonly seed: string;
}

/** A theory passes above this p-value. */
const PASS = 1e-3;
const LIMIT = "N → ∞";

/** Theory against finite systems of several sizes, and against their limit of infinite size. */
export async function compareSizes(
  lab: Lab,
  quantities: readonly string[],
  { sizes, samples }: Sizes,
  configOf: (size: Size) => ConfigSource,
) {
  const runs: { theory: Solution; ensemble: Ensemble }[] = [];
  for (const [k, size] of sizes.entries()) {
    // Couplings, starts and noise of different sizes are independent by their seeds.
    const config = configOf({ size, samples: samples[k], seed: `${seed} N=${size}` });
    runs.push(await lab.both(`theory, and finite system of N = ${size}`, config));
  }
  const comparisons = runs.map(({ theory, ensemble }) => {
    const compared = compare(theory, ensemble).quantities;
    return quantities.map((name) => compared.find(({ quantity }) => quantity === name)!);
  });
  const all = [
    ...comparisons.map((compared, k) => ({ system: `N = ${sizes[k]}`, compared })),
    { system: LIMIT, compared: extrapolated(comparisons[0], runs) },
  ];
  return {
    statistics: quantities.flatMap((_, q) =>
      all.map(({ system, compared }) => {
        const { quantity, statistic, pValue, theory } = compared[q];
        return { quantity, system, points: theory.length, statistic: statistic!, pValue: pValue! };
      }),
    ),
    curves: all.flatMap(({ system, compared }) =>
      compared.map(({ quantity, time, timePrime, theory, simulation, standardError }) => ({
        quantity,
        system,
        ...(timePrime && plain({ timePrime })),
        ...plain({ time, theory, simulation, standardError }),
      })),
    ),
    lines: comparisons[0].map((one) => {
      const line = lineOf(runs[0].theory, one, false);
      return line && { ...line, theory: Array.from(line.theory) };
    }),
    sizes: [...sizes],
    samples: [...samples],
  };
}

/** The comparison with the limit N → ∞ of several sizes. */
function extrapolated(bases: Comparison["quantities"], runs: readonly { ensemble: Ensemble }[]) {
  return bases.map((base) => {
    const { quantity, theory, timePrime } = base;
    const groups = runs.map(({ ensemble }) => ({
      size: ensemble.size,
      curves: (timePrime ? ensemble.twoTime!.curves : ensemble.curves)![quantity],
    }));
    const { mean, standardError } = extrapolateSize(groups);
    const { statistic, pValue } = extrapolatedCurveStatistic(theory, groups);
    return { ...base, simulation: mean, standardError, statistic, pValue };
  });
}

/** What {@link compareSizes} found, in words and drawings. @param model words before the limit in the title of the picture */
export function showSizes(found: Awaited<ReturnType<typeof compareSizes>>, model: string, panel: string) {
  const { statistics, curves, lines, sizes, samples } = found;
  const limit = statistics.filter(({ system }) => system === LIMIT);
  const passed = limit.filter(({ pValue }) => pValue >= PASS).length;
  const drawn = curves
    .filter(({ system }) => system === LIMIT)
    .map((curve, k) => ({ ...curve, line: lines[k], pValue: limit[k].pValue }));
  return {
    caption:
      `Lines: theory. Dots: finite systems of N = ${sizes.join(" and ")} ` +
      `spins (${samples.join(" and ")} samples), extrapolated to N → ∞ in 1/N; bars of one standard error. The ` +
      `table gives the largest distance over a curve in standard errors, and the probability p of so large a distance ` +
      `if the theory is exact. ${passed} of ${limit.length} quantities agree at N → ∞ (p ≥ ${PASS}).`,
    panels: { [panel]: comparisonPicture(drawn, `${model}, ${LIMIT}`) },
    table: table(statistics, [
      ["quantity", ({ quantity }) => quantity],
      ["finite system", ({ system }) => system],
      ["points", ({ points }) => points],
      ["largest distance / SE", ({ statistic }) => statistic, 2],
      ["p", ({ pValue }) => probability(pValue)],
      ["verdict", ({ pValue }) => (pValue >= PASS ? "agrees" : "differs")],
    ]),
    notes: [
      "At a given N the finite system differs from the theory by a bias of order 1/N, which enough samples make visible; " +
        "a small p in those rows tells of the finite size, not of the theory. The test of the theory is N → ∞.",
      "Times along a curve are correlated; the p-value is a bootstrap of whole sample curves and takes care of that.",
    ],
  };
}
