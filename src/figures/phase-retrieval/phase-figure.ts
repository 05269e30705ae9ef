import type { Progress } from "../../core/options";
import { simulateConfig } from "../../systems/calls";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../old/kit/figure";
import { citationsOf } from "../old/kit/recipe";
import { costText, planText, settingCost } from "./cost";
import { type PhaseRuns, type PhaseSetting, phaseConfig, phaseRuns } from "./runs";

/** The paper of the phase-retrieval figures. */
export const phasePaper =
  "Stochasticity helps to navigate rough landscapes: comparing gradient-descent-based algorithms in the phase retrieval problem";

/** What a figure shows once its runs are there. */
export type PhaseShow = Omit<FigureResult, "id" | "title" | "paper" | "recipes" | "citations">;

/** A question about phase retrieval: which runs answer it, and how the answer is shown. */
export interface PhaseQuestion<Sizes> {
  readonly id: string;
  readonly title: string;
  /** Figures of the paper that ask it too, e.g. "figures 2 and 3". */
  readonly stands: string;
  readonly sizes: Readonly<Record<Preset, Sizes>>;
  settings(sizes: Sizes): readonly PhaseSetting[];
  /** @param runs in the order of the settings */
  show(runs: readonly PhaseRuns[], sizes: Sizes, document: Document): PhaseShow;
}

/** A figure that knows before it runs what it will cost. */
export interface PhaseFigure<Sizes> extends Figure {
  /** What a preset costs, as one sentence. */
  plan(preset: Preset): string;
  /** The figure at sizes of one's own. @throws InterruptedError after an abort. */
  make(sizes: Sizes, tools: FigureTools): Promise<FigureResult>;
}

/** The figure of a question: runs all its settings, one after the other, and shows them. */
export function phaseFigure<Sizes>(question: PhaseQuestion<Sizes>): PhaseFigure<Sizes> {
  const { id, title, stands, sizes: presets } = question;
  const paper = `${phasePaper}, ${stands}`;
  const plan = (preset: Preset) => planText(question.settings(presets[preset]));

  async function make(sizes: Sizes, tools: FigureTools): Promise<FigureResult> {
    const recipes: Recipe[] = [];
    const runs = await runAll(id, question.settings(sizes), recipes, tools);
    const shown = question.show(runs, sizes, tools.document);
    const notes = [...shown.notes, ...COMMON_NOTES, `Paper preset: ${plan("paper")}`];
    const citations = citationsOf(recipes[0].config);
    return { id, title, paper, ...shown, notes, recipes, citations };
  }

  return { id, title, paper, plan, make, run: (preset, tools) => make(presets[preset], tools) };
}

const COMMON_NOTES = [
  "Runs with the same number share data, signal and start across the settings of a figure at one N, so that settings differ by less than the standard errors suggest. " +
    "A run counts as recovered once its training loss is below 10⁻⁷; −w0 has the same moduli as the signal w0, and is as good.",
];

async function runAll(
  id: string,
  settings: readonly PhaseSetting[],
  recipes: Recipe[],
  { options, remember = (_, work) => work() }: FigureTools,
): Promise<PhaseRuns[]> {
  const label = `${id}, ${costText(settings)}`;
  const total = settings.map(settingCost).reduce((sum, cost) => sum + cost, 0);
  const runs: PhaseRuns[] = [];
  let spent = 0;
  for (const setting of settings) {
    const config = phaseConfig(setting, id);
    const cost = settingCost(setting);
    recipes.push({ label: setting.name, verb: "simulate", config });
    const onProgress = ({ done, total: all }: Progress) =>
      options.onProgress?.({ label, done: spent + (cost * done) / all, total });
    const simulate = async () => phaseRuns(setting, await simulateConfig(config, { ...options, onProgress }));
    runs.push(await remember(config, simulate));
    spent += cost;
  }
  return runs;
}
