import { linear, log } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { seedFor, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { table } from "../kit/table";
import { patience, runsFor, runsNote } from "./runs";
import { exitFormulas, exitMean, FORMULAS, paper, quadratic, THRESHOLD } from "./setting";

/** Learning rates a little below the optimal 1/12 and 0.4. */
const NETWORKS = [
  { width: 1, learningRate: 0.08 },
  { width: 2, learningRate: 0.3 },
] as const;
const DIMENSIONS = [100, 1e6] as const;
const DIFFUSION = { scheme: "weak2", step: 0.1 };

const settingAt = (network: (typeof NETWORKS)[number], dimension: number) => ({
  ...network,
  labelNoise: 0,
  threshold: THRESHOLD,
  dimension,
});

/** Exit time against dimension over four decades, and how far the formulas are right. */
export const exitDimension = figure({
  id: "quadratic-exit-dimension",
  title: "Escaping mediocrity: exit time against dimension",
  paper,

  // Dimensions of the exact process, whose cost grows as d ln d a run, and of the diffusion, as ln d; standard error of a
  // mean exit time over the mean, which sets the numbers of runs.
  presets: {
    quick: { exact: [100, 300, 1000], diffusion: [1e3, 3e4, 1e6], precision: 0.05 },
    standard: { exact: [100, 300, 1e3, 3e3, 1e4], diffusion: [1e3, 1e4, 1e5, 1e6], precision: 0.03 },
    paper: { exact: [100, 300, 1e3, 3e3, 1e4, 3e4, 1e5], diffusion: [1e3, 1e4, 1e5, 1e6], precision: 0.02 },
  },
  cost: { quick: 1.9, standard: 7.7, paper: 180 },
  sizesText: ({ exact, precision }) =>
    `the exact process up to d = ${exact[exact.length - 1]}, standard errors of ${100 * precision} %`,

  async compute(lab, { exact, diffusion, precision }) {
    for (const network of NETWORKS) {
      const [dimension] = DIMENSIONS;
      await exitFormulas(lab, settingAt(network, dimension), `p = ${network.width}, d = ${dimension}`);
    }
    const wanted = NETWORKS.flatMap((network) => [
      ...exact.map((dimension) => ({ network, process: "exact" as const, dimension })),
      ...diffusion.map((dimension) => ({ network, process: "diffusion" as const, dimension })),
    ]);
    const found = await lab.parts(
      wanted,
      async ({ network, process, dimension }, inner) => {
        const setting = settingAt(network, dimension);
        const formulas = await exitFormulas(inner, setting);
        const label = `p = ${network.width}, d = ${dimension}, ${process}`;
        const run = {
          samples: runsFor(setting, precision),
          seed: seedFor(`exit dimension, ${label}`),
          until: formulas.annealed! + patience(setting),
        };
        const report = { quantities: ["exitTime"] };
        const { events } =
          process === "exact"
            ? await inner.simulate(label, quadratic(setting, { report, simulation: run }))
            : await inner.solve(
                label,
                quadratic(setting, { report, method: { kind: "sde", ...DIFFUSION, ...run } }),
              );
        return { process, dimension, formulas, ...exitMean(events) };
      },
      { cost: ({ process, dimension }) => (process === "exact" ? dimension : 1000) },
    );
    const scans = [];
    for (const [k, network] of NETWORKS.entries()) {
      const empty = () => ({ dimension: [] as number[], time: [] as number[] });
      const curves = { annealed: empty(), quenched: empty(), shifted: empty() };
      for (const dimension of timesBetween(...DIMENSIONS, 17).map(Math.round)) {
        const formulas = await exitFormulas(lab, settingAt(network, dimension));
        for (const name of FORMULAS) {
          if (formulas[name] === null) continue;
          curves[name].dimension.push(dimension);
          curves[name].time.push(formulas[name]);
        }
      }
      const those = found.length / NETWORKS.length;
      scans.push({ ...network, curves, measured: found.slice(k * those, (k + 1) * those) });
    }
    return { threshold: THRESHOLD, scans };
  },

  show({ scans }, { precision }) {
    const missing = scans.flatMap(({ measured }) => measured).reduce((sum, one) => sum + one.missing, 0);
    return {
      caption:
        `Time until the excess risk of SGD on the sphere has fallen by a tenth (T = ${THRESHOLD}), from random starts without label noise, against ` +
        `the dimension d: one neuron at γ = ${NETWORKS[0].learningRate} and two at γ = ${NETWORKS[1].learningRate}. Dots: the exact process of the order parameters. ` +
        `Rings: the diffusion with the noise of SGD, where the process takes too many steps. Bars of one standard error. Lines: the annealed and ` +
        `quenched formulas of the paper, and the quenched one with the noise that SGD collects on its way (shifted). Dots between or beyond them show what the formulas leave out: all hold for small overlaps and large d, shifted for one neuron.`,
      panels: {
        "Exit time against dimension": {
          description:
            "Exit time against dimension from 100 to a million, for one and two neurons, with the formulas",
          rowHeight: 300,
          drawings: scans.map(({ width, curves, measured: points }) => ({
            title: `p = ${width}`,
            x: log("dimension d"),
            y: linear("exit time t", { holds: [0] }),
            marks: [
              ...FORMULAS.map((name, k) =>
                theory(curves[name].dimension, curves[name].time, {
                  colour: colourOf(k),
                  label: name,
                  dashed: name !== "shifted",
                }),
              ),
              ...["exact", "diffusion"].map((process) => {
                const those = points.filter((one) => one.process === process);
                return measured(
                  those.map(({ dimension }) => dimension),
                  those.map(({ mean }) => mean),
                  {
                    standardError: those.map(({ standardError }) => standardError),
                    colour: colourOf(3),
                    hollow: process === "diffusion",
                  },
                );
              }),
            ],
          })),
        },
      },
      table: table(
        scans.flatMap(({ width, measured }) => measured.map((one) => ({ width, ...one }))),
        [
          ["p", ({ width }) => width],
          ["d", ({ dimension }) => dimension],
          ["process", ({ process }) => process],
          ["runs", ({ exits }) => exits],
          [["exit time", "SE"], (one) => one, 3],
          ...FORMULAS.map((name) => [name, ({ formulas }: Formulas) => formulas[name], 3] as const),
        ],
      ),
      notes: [
        "All formulas grow as ln d/(2ω_m); they differ by constants. In steps, pd/γ to a unit of time, the exit takes of the order d ln d.",
        "Noise is no small correction: it and the overlap of a random start are of the same order 1/√d at any d, so that its gain in time does not go away with d.",
        "For two neurons the quenched formula has no value at the smaller d, where some starts lie beyond its linearisation.",
        "For one neuron the shifted formula also counts the saturation of the growth before T.",
        ...(missing > 0 ? [`Left out of the means: ${missing} runs without an exit.`] : []),
        runsNote(precision),
        `The diffusion is of weak order 2 with steps of ${DIFFUSION.step}.`,
      ],
    };
  },
});

type Formulas = { readonly formulas: Awaited<ReturnType<typeof exitFormulas>> };
