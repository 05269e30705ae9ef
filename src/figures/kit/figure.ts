import type { Citation } from "../../core/citations";
import { type Picture, paint, paintNarrow } from "../drawing/picture";
import { durationText } from "./cost";
import { createLab, type Lab, type LabTools, type Recipe } from "./lab";
import type { FigureTable } from "./table";

/** Size of a figure: seconds; minutes, at which it shows its paper's point; or near the sizes of the paper. */
export type Preset = "quick" | "standard" | "paper";
export const presets: readonly Preset[] = ["quick", "standard", "paper"];

/** A question to the systems: what is computed for it, and how the answer is drawn and told. */
export interface Question<Sizes, Found extends object> {
  readonly id: string;
  readonly title: string;
  /** The paper it belongs to, and the figure it follows there. */
  readonly paper: string;
  readonly presets: Readonly<Record<Preset, Sizes>>;
  /** CPU seconds of one core (2 cores, no AVX-512): measured, or scaled from measured parts, as docs/figures.md says. */
  readonly cost: Readonly<Record<Preset, number>>;
  /** What a preset's sizes are, e.g. "N = 64, 24 samples". */
  sizesText(sizes: Sizes): string;
  /** Everything that is drawn, as plain data that JSON can hold; with the numbers behind it, but no drawing. */
  compute(lab: Lab, sizes: Sizes): Promise<Found>;
  /** Words and drawings, from what was found alone. */
  show(found: Found, sizes: Sizes): Shown;
}

/** What a figure shows. */
export interface Shown {
  readonly caption: string;
  /** By name, a short phrase that is also the heading. */
  readonly panels: Readonly<Record<string, Picture>>;
  readonly table?: FigureTable;
  /** Remarks for the reader: limits, what has not converged. */
  readonly notes: readonly string[];
}

/** Words and drawings of a figure. */
export interface Drawn extends Omit<Shown, "panels"> {
  readonly id: string;
  readonly title: string;
  readonly paper: string;
  /** Each a complete svg element; `narrow` for the screen of a phone. */
  readonly panels: readonly { readonly name: string; readonly svg: string; readonly narrow?: string }[];
}

/** A figure that is made: drawings, words and the numbers behind them. */
export interface FigureResult extends Drawn {
  readonly data: object;
  /** How it was computed. */
  readonly recipes: readonly Recipe[];
  /** Sources of the equations. */
  readonly citations: readonly Citation[];
}

/** What a figure is made with. */
export interface FigureTools extends LabTools {
  /** The DOM to draw in: the page's own, or a stand-in where there is none. */
  readonly document: Document;
}

/** One figure of the report. */
export interface Figure<Sizes = unknown>
  extends Pick<Question<Sizes, object>, "id" | "title" | "paper" | "presets" | "cost"> {
  /** @throws InterruptedError after an abort; what the systems throw. */
  run(preset: Preset, tools: FigureTools): Promise<FigureResult>;
  /** The figure at sizes of one's own. */
  make(sizes: Sizes, tools: FigureTools): Promise<FigureResult>;
  /** Words and drawings of the data that a run of a preset has left, as they are today. */
  redraw(preset: Preset, data: object, document: Document): Drawn;
}

/** The figure of a question. */
export function figure<Sizes, Found extends object>(question: Question<Sizes, Found>): Figure<Sizes> {
  const { id, title, paper, presets: sizesOf, cost } = question;
  const presetTexts = presets.map(
    (name) => `${name}: ${question.sizesText(sizesOf[name])} (${durationText(cost[name])})`,
  );
  function draw(found: Found, sizes: Sizes, document: Document): Drawn {
    const { panels, notes, ...shown } = question.show(found, sizes);
    return {
      id,
      title,
      paper,
      ...shown,
      panels: Object.entries(panels).map(([name, picture]) => ({
        name,
        svg: paint(picture, document),
        narrow: paintNarrow(picture, document),
      })),
      notes: [...notes, `Presets, with the CPU time of one core: ${presetTexts.join("; ")}.`],
    };
  }
  async function make(sizes: Sizes, tools: FigureTools): Promise<FigureResult> {
    const { lab, used } = createLab(id, sizes, tools);
    const found = await question.compute(lab, sizes);
    return { ...draw(found, sizes, tools.document), data: found, ...used() };
  }
  return {
    id,
    title,
    paper,
    presets: sizesOf,
    cost,
    make,
    run: (preset, tools) => make(sizesOf[preset], tools),
    redraw: (preset, data, document) => draw(data as Found, sizesOf[preset], document),
  };
}
