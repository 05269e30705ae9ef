import type { TwoTimeSolution } from "../../core/results";
import { type AsymptoticFit, fitAsymptote } from "../../numerics/asymptotic-fit";
import { fluctuationRatio } from "../../numerics/fluctuation-ratio";
import { linear, log, tickText } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf, rampColour } from "../drawing/palette";
import { type ConfigSource, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import type { Lab } from "../kit/lab";
import { table } from "../kit/table";
import { paper } from "./setting";

/** Temperature of the fluctuation-dissipation plot. */
const WARM = 0.2;
const FIRST_DELAY = 0.1;
const FITTED_UNTIL = 3e5;
/** Where the aging part of the plot is measured, as shares of the plateau. */
const MEASURED = [0.75, 0.97] as const;

/** Last time, in powers of ten, of the runs at T = 0 and T = 0.2, and their tolerance. */
interface Sizes {
  readonly cold: number;
  readonly warm: number;
  readonly tolerance: number;
}

const config = (temperature: number, rest: ConfigSource): ConfigSource => ({
  system: "p-spin",
  parameters: { p: 3, temperature, schedule: 1 },
  ...rest,
});

const ratios = Array.from({ length: 49 }, (_, k) => (k + 1) / 50);

/** The 3-spin model at times far beyond what a uniform grid reaches. */
export const longTimes = figure({
  id: "p-spin-long-times",
  title: "Aging over many decades",
  paper,

  presets: {
    quick: { cold: 7, warm: 5, tolerance: 1e-4 },
    standard: { cold: 9, warm: 7, tolerance: 1e-5 },
    paper: { cold: 9, warm: 8, tolerance: 1e-6 },
  },
  cost: { quick: 7.2, standard: 30, paper: 210 },
  sizesText: ({ cold, warm }: Sizes) =>
    `to t = ${tickText(10 ** cold)} at T = 0 and ${tickText(10 ** warm)} at T = ${WARM}`,

  async compute(lab, sizes) {
    const [cold, warm] = await lab.parts(
      [
        { temperature: 0, decades: sizes.cold },
        { temperature: WARM, decades: sizes.warm },
      ],
      (part, inner) => follow(inner, part, sizes.tolerance),
    );
    const predicted = await lab.predict(config(WARM, {}), "plateau and fluctuation-dissipation ratio");
    const plateau = Number(predicted.plateau);
    const last = warm.curves[warm.curves.length - 1];
    const measured = fluctuationRatio(last.plot.correlation, last.plot.integratedResponse, WARM, [
      MEASURED[0] * plateau,
      MEASURED[1] * plateau,
    ]).ratio;
    return { cold, warm, plateau, predicted: Number(predicted.fdtViolation), measured };
  },

  show({ cold, warm, plateau, predicted, measured: ratio }) {
    const { limit, limitError, curve } = approach(cold.halves);
    const label = (t: number) => `t = ${tickText(t)}`;
    const ramp = (k: number) => rampColour(k, cold.curves.length);
    const x = linear("ratio t′/t", { ends: [0, 1] });
    const delay = log("delay t − t′", { padding: 0, ticks: [1, 100, 1e4, 1e6] });
    const latest = warm.curves[warm.curves.length - 1];
    const atLast = `t = ${tickText(latest.t)}`;
    const equilibrium = [1, plateau];
    const chi = (c: number) => (c >= plateau ? 1 - c : 1 - plateau + predicted * (plateau - c)) / WARM;
    return {
      caption:
        `Spherical 3-spin model at a constant rate 1 from a random start, theory for N → ∞ on a grid that is equally spaced in ln t. ` +
        `First at T = 0: C depends on t′/t, the response on it through t R, and both still creep: C(t, t/2) approaches ${limit.toFixed(4)} ± ${limitError.toExponential(0)} ` +
        `as t^(−1/3) (line: fit of four terms to the dots up to t = ${tickText(FITTED_UNTIL)}, carried on). Then at T = ${WARM}: the integrated response against C, ` +
        `with slope −1/T above the plateau and −x/T below it; x measured at ${atLast} is ${ratio.toFixed(3)}, the prediction ${predicted.toFixed(3)}.`,
      panels: {
        "T = 0: correlation and response against t′/t": {
          description:
            "Correlation and t times the response against the ratio of the times, for several times",
          drawings: [
            {
              title: "C(t, t′)",
              x,
              y: linear("correlation"),
              legend: "bottom-right",
              marks: cold.curves.map((c, k) =>
                theory(ratios, c.correlation, { colour: ramp(k), label: label(c.t) }),
              ),
            },
            {
              title: "t R(t, t′)",
              x,
              y: log("t times the response"),
              marks: cold.curves.map((c, k) => theory(ratios, c.scaledResponse, { colour: ramp(k) })),
            },
          ],
        },
        "T = 0: the same against the delay": {
          description: "Correlation and response against the delay, for several times",
          drawings: [
            {
              title: "C(t, t′)",
              x: delay,
              y: linear("correlation"),
              marks: cold.curves.map((c, k) => theory(c.delay, c.delayed, { colour: ramp(k) })),
            },
            {
              title: "R(t, t′)",
              x: delay,
              y: log("response"),
              legend: "top-right",
              marks: cold.curves.map((c, k) =>
                theory(c.delay, c.delayedResponse, { colour: ramp(k), label: label(c.t) }),
              ),
            },
          ],
        },
        "T = 0: approach of C(t, t/2) to its limit": {
          description: "C(t, t/2) against t to the power −1/3, with a fit and its limit",
          x: linear("t^(−1/3)", { holds: [0], padding: 0.02 }),
          y: linear("C(t, t/2)", { holds: [limit] }),
          marks: [
            theory(curve.x, curve.y, { colour: colourOf(0) }),
            measured(
              cold.halves.t.map((t) => t ** (-1 / 3)),
              cold.halves.correlation,
              { colour: colourOf(0) },
            ),
          ],
          levels: [{ value: limit, label: "" }],
          notes: [{ x: 0.1, y: limit + 1e-3, text: `limit ${limit.toFixed(4)}`, anchor: "end" }],
        },
        [`T = ${WARM}: integrated response against correlation`]: {
          description:
            "Integrated response against correlation for several times, with the predicted two slopes dashed",
          x: linear("correlation C(t, t′)", { holds: [1], padding: 0.02 }),
          y: linear("integrated response χ(t, t′)", { holds: [0] }),
          legend: "top-right",
          marks: [
            theory(equilibrium, equilibrium.map(chi), { colour: "currentColor", dashed: true }),
            theory([plateau, 0.3], [plateau, 0.3].map(chi), {
              colour: "currentColor",
              dashed: true,
              label: `predicted, x = ${predicted.toFixed(3)}`,
            }),
            ...warm.curves.map((c, k) =>
              theory(c.plot.correlation, c.plot.integratedResponse, {
                colour: rampColour(k, warm.curves.length),
                label: label(c.t),
              }),
            ),
          ],
          moments: [{ value: plateau, label: "plateau" }],
        },
      },
      table: table(
        cold.halves.t.map((t, k) => ({ t, c: cold.halves.correlation[k], error: cold.halves.error[k] })),
        [
          ["t", ({ t }) => tickText(t)],
          ["C(t, t/2)", ({ c }) => c, 7],
          ["stated error", ({ error }) => error.toExponential(0)],
        ],
      ),
      notes: [
        "Towards t′ = t the response is that within a state, at delays that do not grow with t; the rest, of order 1/t, is that of aging.",
        `The prediction of x is for t → ∞; the measured slope at ${atLast} has not converged, and is taken between ${MEASURED[0]} and ${MEASURED[1]} of the plateau.`,
      ],
    };
  },
});

async function follow(
  lab: Lab,
  { temperature, decades }: { readonly temperature: number; readonly decades: number },
  tolerance: number,
) {
  const until = 10 ** decades;
  const times = Array.from(
    { length: Math.floor(decades / 2) + 1 },
    (_, k) => 10 ** (decades - 2 * k),
  ).reverse();
  const late = timesBetween(1000, until, 3 * (decades - 3) + 1);
  const found = await lab.solve(
    `T = ${temperature}`,
    config(temperature, {
      method: { kind: "aging", until, tolerance },
      report: { times: late, ratios: [0.5], quantities: ["correlation"] },
    }),
  );
  const { estimate } = found as TwoTimeSolution;
  const value = (quantity: string, t: number, tPrime: number) => estimate(quantity, t, tPrime).value;
  return {
    curves: times
      .filter((t) => t >= 10)
      .map((t) => {
        const delay = timesBetween(FIRST_DELAY, 0.99 * t, 50);
        // Of the plot of χ against C, in which long delays are equally spaced in t′ and short ones in their logarithm.
        const short = delay.filter((d) => d < t / 50).reverse();
        const primes = temperature === 0 ? [] : [...ratios.map((r) => r * t), ...short.map((d) => t - d), t];
        return {
          t,
          correlation: ratios.map((r) => value("correlation", t, r * t)),
          scaledResponse: ratios.map((r) => t * value("response", t, r * t)),
          plot: {
            correlation: primes.map((tPrime) => value("correlation", t, tPrime)),
            integratedResponse: primes.map((tPrime) => value("integratedResponse", t, tPrime)),
          },
          delay,
          delayed: delay.map((d) => value("correlation", t, t - d)),
          delayedResponse: delay.map((d) => value("response", t, t - d)),
        };
      }),
    halves: {
      t: late,
      correlation: late.map((t) => value("correlation", t, t / 2)),
      error: late.map((t) => estimate("correlation", t, t / 2).error ?? 0),
    },
  };
}

/** The limit of C(t, t/2), and the fitted curve against t^(−1/3). */
function approach({
  t,
  correlation,
}: {
  readonly t: readonly number[];
  readonly correlation: readonly number[];
}) {
  const used = t.flatMap((time, k) => (time <= FITTED_UNTIL ? [k] : []));
  const fit: AsymptoticFit = fitAsymptote(
    used.map((k) => t[k]),
    used.map((k) => correlation[k]),
    { range: 300 },
  );
  const { limit, limitError } = fit;
  const x = Array.from({ length: 41 }, (_, k) => 0.1 * (1 - k / 40));
  const y = x.map((u) => (u === 0 ? limit : fit.at(u ** -3).value));
  return { limit, limitError, curve: { x, y } };
}
