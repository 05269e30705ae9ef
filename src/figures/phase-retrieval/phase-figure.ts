import { tickText } from "../drawing/axis";
import { durationText } from "../kit/cost";
import { type Figure, figure, type Preset, type Shown } from "../kit/figure";
import {
  type LimitSizes,
  limitConfig,
  type PhaseRuns,
  type PhaseSetting,
  phaseConfig,
  phaseRuns,
} from "./runs";

/** The paper of the phase-retrieval figures. */
export const paper =
  "Stochasticity helps to navigate rough landscapes: comparing gradient-descent-based algorithms in the phase retrieval problem";

/** A question about phase retrieval: which runs answer it, what is found in them, and how the answer is shown. */
interface PhaseQuestion<Sizes, Found extends object> {
  readonly id: string;
  readonly title: string;
  /** Figures of the paper that ask it too, e.g. "figures 2 and 3". */
  readonly stands: string;
  readonly presets: Readonly<Record<Preset, Sizes>>;
  /** CPU seconds, measured; those of the paper's sizes follow from the settings. */
  readonly cost: Readonly<Record<"quick" | "standard", number>>;
  settings(sizes: Sizes): readonly PhaseSetting[];
  /** @param runs in the order of the settings */
  find(runs: readonly PhaseRuns[], sizes: Sizes): Found;
  show(found: Found, sizes: Sizes): Shown;
}

/** The figure of a question: runs all its settings, one after the other, and shows them. */
export function phaseFigure<Sizes, Found extends object>(
  question: PhaseQuestion<Sizes, Found>,
): Figure<Sizes> {
  const { id, title, stands, presets, cost, settings } = question;
  const full = settings(presets.paper).reduce((sum, setting) => sum + settingCost(setting), 0);
  return figure<Sizes, Found>({
    id,
    title,
    paper: `${paper}, ${stands}`,
    presets,
    cost: { ...cost, paper: full },
    sizesText: (sizes) => settingsText(settings(sizes)),

    async compute(lab, sizes) {
      const runs = await lab.parts(
        settings(sizes),
        async (setting, inner) =>
          phaseRuns(
            setting,
            await inner.simulate(setting.name, phaseConfig(setting, id)),
            setting.limit && (await inner.solve(`${setting.name}, N → ∞`, limitConfig(setting, id))),
          ),
        { cost: settingCost, calls: settings(sizes).some(({ limit }) => limit) ? 2 : 1 },
      );
      return question.find(runs, sizes);
    },

    show(found, sizes) {
      const shown = question.show(found, sizes);
      return { ...shown, notes: [...shown.notes, ...COMMON_NOTES] };
    },
  });
}

const COMMON_NOTES = [
  "Runs with the same number share data, signal and start across the settings of a figure at one N, so that settings differ by less than the standard errors suggest. " +
    "A run counts as recovered once its training loss is below 10⁻⁷; −w0 has the same moduli as the signal w0, and is as good.",
  "The cost of the paper's sizes is that of 1.1 ms a step of one run at N = 1000, M = 3000, which is measured, if no run ended early; runs that recover do.",
];

/**
 * Seconds of one core that a step of one run takes for each of the N·M numbers of the data, which go through two
 * products; measured at N = 1000, M = 3000, where they come from memory.
 */
const SECONDS_PER_ENTRY = 3.7e-10;

const stepsOf = ({ until, parameters }: PhaseSetting) => Math.ceil(until / parameters.learningRate);

/** Seconds of one core that the runs of a setting take if none of them ends early, by the measured cost of a step. */
export function settingCost(setting: PhaseSetting): number {
  const { size, samples, parameters, limit } = setting;
  const entries = samples * size * Math.round(parameters.sampleRatio * size);
  return stepsOf(setting) * (entries * SECONDS_PER_ENTRY + (limit ? particleSeconds(setting, limit) : 0));
}

/** Seconds that a step of the limit takes, with fresh batches in every step or without. */
function particleSeconds({ parameters }: PhaseSetting, { particles, runs }: LimitSizes): number {
  return particles * runs * (parameters.algorithm === "sgd" ? 6.5e-8 : 1.1e-8);
}

/** What makes the cost of settings. */
function settingsText(settings: readonly PhaseSetting[]): string {
  const different = (values: readonly number[]) => [...new Set(values)].join(", ");
  const longest = settings.reduce((one, other) => (settingCost(other) > settingCost(one) ? other : one));
  return (
    `${settings.length} settings at N = ${different(settings.map(({ size }) => size))} with ${different(settings.map(({ samples }) => samples))} runs each, up to ` +
    `${tickText(Math.max(...settings.map(stepsOf)))} steps a run, at most ${durationText(settingCost(longest))} for ${longest.name}`
  );
}
