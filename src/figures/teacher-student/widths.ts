import { log, logTime } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { rampColour } from "../drawing/palette";
import { seedFor, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { fixed, table } from "../kit/table";
import { BETA, paper, switched, switchText, teacherStudent, tolerance } from "./setting";

/** The setting of the paper: SGD on a data set, from random starts, by width, against online learning in theory. */
export const widths = figure({
  id: "teacher-student-widths",
  title: "Teacher and student: decay on a data set, by width",
  paper: `${paper}, figures 7 and 10`,

  // K = M; the equations up to the width `solved`, beyond which they take longer than the simulation.
  presets: {
    quick: {
      widths: [2, 5],
      solved: 5,
      rate: 0.5,
      until: 150,
      switches: [1, 20, 80],
      size: 100,
      examples: 2000,
      samples: 2,
    },
    standard: {
      widths: [2, 5, 20],
      solved: 5,
      rate: 0.2,
      until: 800,
      switches: [1, 20, 316],
      size: 300,
      examples: 6000,
      samples: 2,
    },
    paper: {
      widths: [2, 5, 20],
      solved: 5,
      rate: 0.1,
      until: 3000,
      switches: [1, 20, 316, 1000, 2000],
      size: 500,
      examples: 10_000,
      samples: 8,
    },
  },
  cost: { quick: 4, standard: 200, paper: 8000 },
  sizesText: ({ widths: each, until, size, examples, samples }) =>
    `K = M = ${each.join(", ")}, to t = ${until}, N = ${size}, P = ${examples}, ${samples} samples`,

  async compute(lab, { widths: each, solved, rate, until, switches, size, examples, samples }) {
    const parts = each.flatMap((width) => [null, ...switches].map((at) => ({ width, at })));
    const runs = await lab.parts(
      parts,
      async ({ width, at }, inner) => {
        const parameters = { studentWidth: width, teacherWidth: width, schedule: switched(rate, at) };
        const seed = seedFor(`widths, K = ${width}`);
        const label = `K = M = ${width}, ${switchText(at)}`;
        const finite = await inner.simulate(
          `${label}, on the data set`,
          teacherStudent(parameters, {
            simulation: { dimension: size, dataSet: examples, samples, seed, until },
            report: { times: timesBetween(1, until, 16) },
          }),
        );
        const times = timesBetween(0.3, until, 70);
        const solution =
          width <= solved
            ? await inner.solve(
                `${label}, online`,
                teacherStudent(parameters, {
                  method: { kind: "ode", until, tolerance, dimension: size, samples, seed },
                  report: { times },
                }),
              )
            : undefined;
        return {
          width,
          at,
          finite: plain({
            time: finite.time,
            training: finite.series.trainingError,
            standardError: finite.standardError.trainingError.map((e) => (Number.isFinite(e) ? e : 0)),
            generalisation: finite.series.generalisationError,
          }),
          specialised: [...finite.events!.specialisationTime].map((t) => (t === Infinity ? null : t)),
          theory:
            solution &&
            plain({
              time: solution.sample(times).time,
              error: solution.sample(times).series.generalisationError,
            }),
        };
      },
      { calls: 2, cost: ({ width }) => width },
    );
    return { runs };
  },

  show({ runs }, { widths: each, rate, until, size, examples, samples }) {
    const count = runs.filter(({ width }) => width === each[0]).length;
    return {
      caption:
        `K units learn as many from a data set of P = ${examples} examples in N = ${size} dimensions, one example a step, from random ` +
        `starts, η = ${rate} up to t_s, then ${rate} (1 + t − t_s)^−${BETA}; no label noise. Dots: training error, ½ of the paper's mean ` +
        `square over the whole set, mean over ${samples} samples. Lines: online learning for N → ∞ from the same starts` +
        `${runs.some((run) => !run.theory) ? `, up to K = ${Math.max(...runs.filter((run) => run.theory).map(({ width }) => width))}: of more units the equations take longer than the simulation` : ""}. ` +
        `Dots leave them at finite N and P: without decay the students come to their teacher later than the lines, or not yet; and from before t = P/N = ${fixed(examples / size, 0)} on, ` +
        "as examples come again, the training error falls below the online one, while the generalisation error (table) does not.",
      panels: Object.fromEntries(
        each.map((width) => [
          `K = M = ${width}`,
          {
            description: `Training error against time, both logarithmic, by time of the switch, ${width} units`,
            x: logTime,
            y: log("error ε"),
            legend: "bottom-left" as const,
            marks: runs
              .filter((run) => run.width === width)
              .flatMap(({ at, finite, theory: online }, k) => {
                const colour = rampColour(k, count);
                const dots = measured(finite.time, finite.training, {
                  standardError: finite.standardError,
                  colour,
                  label: switchText(at),
                });
                return online ? [theory(online.time, online.error, { colour }), dots] : [dots];
              }),
          },
        ]),
      ),
      table: table(runs, [
        ["K = M", ({ width }) => width],
        ["switch", ({ at }) => switchText(at)],
        [`training error at t = ${until}`, ({ finite }) => Number(last(finite.training).toPrecision(3))],
        ["generalisation error", ({ finite }) => Number(last(finite.generalisation).toPrecision(3))],
        [
          "online, theory",
          ({ theory: online }) => (online ? Number(last(online.error).toPrecision(3)) : null),
        ],
        ["specialised samples", ({ specialised }) => specialised.filter((t) => t !== null).length],
      ]),
      notes: [
        endsText(runs, until),
        "The schedule counts t; the paper's programs count steps, so that their rate falls by another factor N^0.8 within one " +
          "unit of time (scheduleCounts: steps). Their second layer, learnt at η a step, has no limit of large N: here it is fixed.",
      ],
    };
  },
});

interface Run {
  readonly width: number;
  readonly at: number | null;
  readonly finite: { readonly training: readonly number[]; readonly generalisation: readonly number[] };
  readonly specialised: readonly (number | null)[];
  readonly theory?: { readonly error: readonly number[] };
}

const last = (values: readonly number[]) => values[values.length - 1];
const digits = (value: number) => String(Number(value.toPrecision(2)));

/** How far the finite students end from their lines: together where the rate decays, one by one at a constant rate. */
export function endsText(runs: readonly Run[], until: number): string {
  const ratios = runs.flatMap(({ width, at, finite, specialised, theory: online }) => {
    if (!online) return [];
    const to = last(online.error);
    const came = `${specialised.filter((t) => t !== null).length} of ${specialised.length} samples have specialised`;
    return [
      {
        width,
        at,
        came,
        training: last(finite.training) / to,
        generalisation: last(finite.generalisation) / to,
      },
    ];
  });
  const decaying = ratios.filter(({ at }) => at !== null);
  const range = (values: readonly number[]) =>
    `${digits(Math.min(...values))} to ${digits(Math.max(...values))}`;
  const constant = ratios
    .filter(({ at }) => at === null)
    .map(
      ({ width, came, training, generalisation }) =>
        `${digits(training)} and ${digits(generalisation)} at K = M = ${width}, where ${came}`,
    );
  return (
    `At t = ${until} the training error is ${range(decaying.map(({ training }) => training))} of the line and the generalisation error ` +
    `${range(decaying.map(({ generalisation }) => generalisation))} where the rate decays; without decay they are ${constant.join("; ")}.`
  );
}
