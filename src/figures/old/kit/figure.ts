import type { Citation } from "../../../core/citations";
import type { Options } from "../../../core/options";

/** One drawing of a figure. */
export interface Panel {
  /** What is drawn, as a short phrase: heading and accessible name. */
  readonly name: string;
  /** A complete svg element. */
  readonly svg: string;
}

/** Numbers under a figure, as printed. */
export interface FigureTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A computation behind a figure, so that a reader can repeat it. */
export interface Recipe {
  /** What it gives, e.g. "β = 0.4, theory". */
  readonly label: string;
  /** The verb of the command line: `twotime <verb> config.json`. */
  readonly verb: "solve" | "simulate" | "predict" | "compare";
  /** The config file, as plain data. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** What a figure gives: drawings, words and the numbers behind them. */
export interface FigureResult {
  readonly id: string;
  readonly title: string;
  /** The paper it belongs to, and the figure it follows there. */
  readonly paper: string;
  readonly caption: string;
  readonly panels: readonly Panel[];
  readonly table?: FigureTable;
  /** Remarks for the reader: sizes, limits, what has not converged. */
  readonly notes: readonly string[];
  /** Everything that is drawn, as plain data that JSON can hold. */
  readonly data: Record<string, unknown>;
  /** How it was computed. */
  readonly recipes: readonly Recipe[];
  /** Sources of the equations. */
  readonly citations: readonly Citation[];
}

/** Size of a figure: seconds on two cores, or near the sizes of the papers. */
export type Preset = "quick" | "paper";

/**
 * The result of `work`, which is plain data and depends on `inputs` alone (plain data too); or what was kept of it when a
 * campaign that was stopped goes on.
 */
export type Remember = <T>(inputs: unknown, work: () => Promise<T>) => Promise<T>;

/** What a figure is given to work with. */
export interface FigureTools {
  /** Progress, abort and pool of the computations. */
  readonly options: Options;
  /** The DOM to draw in: the page's own, or a stand-in where there is none. */
  readonly document: Document;
  /** For the parts of a figure that takes hours; without it nothing is kept. */
  readonly remember?: Remember;
}

/** A figure: one recipe from systems and parameters to data and drawings. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  /** The paper it belongs to, and the figure it follows there. */
  readonly paper: string;
  /** What a preset will compute and cost, where that is known beforehand. */
  plan?(preset: Preset): string;
  run(preset: Preset, tools: FigureTools): Promise<FigureResult>;
}
