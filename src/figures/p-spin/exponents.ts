import { linear, logTime, tickText } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { table } from "../kit/table";
import { betas, paper, pSpin, scheduleNote, scheduleText } from "./setting";

const SPINS = [3, 4, 6] as const;
const FIRST_TIME = 1;
const SHOWN_TIMES = 80;
const EXPONENT = "local exponent −d ln(excess loss) / d ln t";
/** The schedule under which the clock is slowest: its exponent is followed further. */
const SLOWEST = betas[betas.length - 1];

/** Local decay exponents of the loss above the threshold, against time and against the schedule's exponent. */
export const exponents = figure({
  id: "p-spin-exponents",
  title: "Decay exponents of the loss",
  paper: `${paper}, figure 4`,

  // Times of the rings and of the dots, the last of the curves, and of that with the slowest clock; decay exponents of the second
  // panel, for every p.
  presets: {
    quick: { early: 1e3, until: 1e7, furthest: 1e13, scanned: [0.2, 0.4, 0.6, 0.8], tolerance: 1e-3 },
    standard: {
      early: 1e3,
      until: 1e7,
      furthest: 1e13,
      scanned: [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
      tolerance: 1e-4,
    },
    paper: {
      early: 1e3,
      until: 1e7,
      furthest: 1e13,
      scanned: [0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9],
      tolerance: 1e-5,
    },
  },
  cost: { quick: 10, standard: 28, paper: 90 },
  sizesText: ({ until, scanned }) => `theory to t = ${tickText(until)} for ${scanned.length} values of β`,

  async compute(lab, { early, until, furthest, scanned, tolerance }) {
    const wanted = [
      ...betas.map((beta) => ({ p: 3, beta, last: beta === SLOWEST ? furthest : until })),
      ...SPINS.flatMap((p) =>
        scanned
          .filter((beta) => p !== 3 || !betas.some((one) => one === beta))
          .map((beta) => ({ p, beta, last: until })),
      ),
    ];
    const found = await lab.parts(wanted, async ({ p, beta, last }, inner) => {
      const times = timesBetween(FIRST_TIME, last, SHOWN_TIMES);
      const scan = [early, until];
      const config = pSpin(p, beta, {
        method: { kind: "aging", until: last, tolerance },
        report: { times: [...times, ...scan], quantities: ["lossExponent"] },
      });
      const { sample } = await inner.solve(`p = ${p}, β = ${beta}`, config);
      const exponentAt = (at: readonly number[]) => Array.from(sample(at).series.lossExponent);
      const predicted = Number((await inner.predict(config)).lossExponent);
      const curve = p === 3 ? { time: times, exponent: exponentAt(times) } : undefined;
      return { p, beta, predicted, exponent: exponentAt(scan), curve };
    });
    const tent = { beta: Array.from({ length: 41 }, (_, k) => k / 40), exponent: [] as number[] };
    for (const beta of tent.beta)
      tent.exponent.push(Number((await lab.predict(pSpin(3, beta, {}))).lossExponent));
    const optimalExponent = Number((await lab.predict(pSpin(3, betas[0], {}))).optimalExponent);
    const scan = SPINS.flatMap((p) => found.filter((one) => one.p === p).sort((a, b) => a.beta - b.beta)).map(
      ({ curve: _, ...point }) => point,
    );
    return {
      curves: found
        .slice(0, betas.length)
        .map(({ beta, predicted, curve }) => ({ beta, predicted, ...curve! })),
      scan: scan.filter(({ beta }) => scanned.includes(beta)),
      tent,
      optimalExponent,
    };
  },

  show({ curves, scan, tent, optimalExponent }, { early, until, furthest }) {
    const families = SPINS.map((p) => scan.filter((curve) => curve.p === p));
    const [atUntil, atEarly] = [`t = ${tickText(until)}`, `t = ${tickText(early)}`];
    const slow = scan.find(({ p, beta }) => p === 3 && beta === SLOWEST);
    const furthestSlow = curves.find(({ beta }) => beta === SLOWEST)!;
    const atLast = furthestSlow.exponent[furthestSlow.exponent.length - 1];
    return {
      caption:
        `Local exponent −d ln(excess loss)/d ln t of the loss above the T = 0 threshold, theory for N → ∞ at T = 1, ` +
        `${scheduleText}. Dashed: the limit t → ∞, min(β, γ(1 − β)) with γ = 2/3. Above: p = 3 against time, to ${atUntil}, ` +
        `and for β = ${SLOWEST}, where the clock is slowest, to t = ${tickText(furthest)}. Below: what the equations give at ${atUntil} (dots) ` +
        `and ${atEarly} (rings) against β, for p = 3, 4, 6; the limit does not depend on p. ` +
        (slow
          ? `At β = ${SLOWEST} the exponent at ${atUntil} is ${slow.exponent[1].toFixed(3)}, its limit ${slow.predicted.toFixed(3)}: ` +
            `the clock ∫η dt is only at ${clockAt(until).toFixed(0)} there.`
          : ""),
      panels: {
        "Local exponent against time, p = 3": {
          description:
            "Local exponent of the loss against time for β = 0.2, 0.4, 0.6, 0.8, with their limits dashed",
          x: logTime,
          y: linear(EXPONENT, { holds: [0] }),
          legend: "bottom-right",
          marks: curves.flatMap(({ beta, predicted, time, exponent }, k) => [
            theory([FIRST_TIME, furthest], [predicted, predicted], { colour: colourOf(k), dashed: true }),
            theory(time, exponent, { colour: colourOf(k), label: `β = ${beta}` }),
          ]),
        },
        [`Exponent reached by ${atUntil} against the schedule`]: {
          description: `Exponent of the loss at ${atUntil} and ${atEarly} against β for p = 3, 4, 6, with its limit dashed`,
          x: linear("decay exponent β of the schedule", { ends: [0, 1] }),
          y: linear(EXPONENT, { holds: [0] }),
          legend: "top-left",
          marks: [
            theory(tent.beta, tent.exponent, { colour: "currentColor", dashed: true, label: "limit" }),
            ...families.flatMap((family, k) => {
              const [colour, x] = [colourOf(k), family.map(({ beta }) => beta)];
              const [early, late] = [0, 1].map((at) => family.map(({ exponent }) => exponent[at]));
              return [
                theory(x, late, { colour, label: `p = ${SPINS[k]}` }),
                measured(x, early, { colour, hollow: true }),
                measured(x, late, { colour }),
              ];
            }),
          ],
          moments: [{ value: optimalExponent, label: `best β = ${optimalExponent.toPrecision(2)}` }],
          notes: slow
            ? [
                {
                  x: SLOWEST,
                  y: slow.predicted - 0.035,
                  text: `${atUntil}: ${slow.exponent[1].toFixed(3)}, limit ${slow.predicted.toFixed(3)}`,
                  anchor: "end",
                },
              ]
            : [],
        },
      },
      table: table(scan, [
        ["p", ({ p }) => p],
        ["β", ({ beta }) => beta],
        [`exponent at ${atEarly}`, ({ exponent }) => exponent[0], 4],
        [`exponent at ${atUntil}`, ({ exponent }) => exponent[1], 4],
        ["limit t → ∞", ({ predicted }) => predicted, 4],
      ]),
      notes: [
        `Corrections die slowly, as a power of the clock ∫η dt: at β = 0.4 and p = 3 the exponent is still 0.41 at t = 1000 and ` +
          `0.400 near t = 10⁷; at β = ${SLOWEST} it is ${atLast.toFixed(4)} even at t = ${tickText(furthest)}. Rings far from the dashed line are no contradiction.`,
        "The grid is equally spaced in ln t; a second, coarser one tells the errors of the exponents, below 0.001 here.",
        scheduleNote,
      ],
    };
  },
});

/** ∫η dt under the slowest schedule. */
const clockAt = (t: number) => (0.5 * ((1 + t) ** (1 - SLOWEST) - 1)) / (1 - SLOWEST);
