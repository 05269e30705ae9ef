import { createHash } from "node:crypto";
import { InterruptedError, InvalidParameterError } from "../core/errors";
import type { Options } from "../core/options";
import type { Figure, FigureResult, FigureTools, Preset, ReportFacts } from "../figures";
import { unknownKey } from "../systems/schema/unknown-key";
import { createDocument } from "./document";
import { drawingFile } from "./drawing-file";
import { version } from "./manifest";
import { type OpenFolder, openFolder } from "./open-folder";
import { solvers } from "./solvers";

/** The figures there are and the page that shows them: what the room figures/ gives. */
export interface Atlas {
  readonly figures: readonly Figure[];
  renderReport(results: readonly FigureResult[], facts: ReportFacts): string;
}

export interface AtlasRequest {
  readonly preset: Preset;
  /** Ids of the figures to make; all when left out. */
  readonly only?: readonly string[];
  readonly folder: string;
  readonly options: Options;
  /** Whether figures, and parts of figures, that the folder has of this preset and version are kept as they are. */
  readonly resume?: boolean;
  /** Called after every figure with one line. */
  readonly onFigure?: (line: string) => void;
}

export interface AtlasOutcome {
  readonly status: "done" | "failed" | "interrupted";
  /** Why it is not done, in one line. */
  readonly message?: string;
  /** Path of the page. */
  readonly report: string;
}

/**
 * Makes the figures, one after the other. Each is written when it is finished (`<id>/<panel>.svg`, `<id>/data.json`)
 * and the page index.html with it, so that a run that stops leaves a page with what there is. A figure that fails
 * does not keep the others from being made.
 * @throws InvalidParameterError "--only" for an unknown figure, "--out" for a folder that cannot be written.
 */
export async function runAtlas(atlas: Atlas, request: AtlasRequest): Promise<AtlasOutcome> {
  const { preset, options, resume = false, onFigure } = request;
  const figures = chosen(atlas.figures, request.only);
  const folder = await openFolder(request.folder, "--out");
  const document = await createDocument();
  const start = performance.now();
  await requireOurs(folder, atlas, request.folder);
  await folder.write(MARK, `${JSON.stringify({ version, preset })}\n`);
  const results: FigureResult[] = [];
  /** What the folder has of earlier runs of this preset and version: on the page until it is made anew. */
  const earlier = new Map<string, FigureResult>();
  for (const { id } of atlas.figures) {
    const found = await readFigure(folder, id, preset);
    if (found) earlier.set(id, found);
  }
  const failures: string[] = [];
  let isInterrupted = false;
  const seconds = () => (performance.now() - start) / 1000;
  const writeReport = () => {
    const date = new Date().toISOString().slice(0, 10);
    const made = new Map([...earlier, ...results.map((result) => [result.id, result] as const)]);
    const shown = atlas.figures.flatMap(({ id }) => made.get(id) ?? []);
    const page = atlas.renderReport(shown, { version, preset, seconds: seconds(), date });
    return folder.write("index.html", page);
  };

  for (const figure of figures) {
    const from = seconds();
    try {
      const kept = resume ? earlier.get(figure.id) : undefined;
      const remember = memoryOf(folder, figure.id, preset, resume);
      const result = kept ?? (await figure.run(preset, { solvers, options, document, remember }));
      results.push(result);
      if (!kept) await writeFigure(folder, result, preset);
      await writeReport();
      const cost = kept ? "kept" : `${(seconds() - from).toFixed(1)} s`;
      onFigure?.(`${figure.id}  ${cost}  ${figure.title}`);
    } catch (error) {
      if (error instanceof InvalidParameterError && error.parameter === "--out") throw error;
      isInterrupted = error instanceof InterruptedError;
      if (isInterrupted) break;
      earlier.delete(figure.id);
      const reason = error instanceof Error ? error.message : String(error);
      failures.push(`${figure.id}: ${reason}`);
      onFigure?.(`${figure.id}  failed: ${reason}`);
    }
  }
  // An earlier page tells what the folder has as long as there is nothing new.
  if (results.length > 0 || !isInterrupted || !(await hasPage(folder))) await writeReport();
  const report = `${request.folder}/index.html`;
  if (isInterrupted) {
    return {
      status: "interrupted",
      message: `interrupted after ${results.length} of ${figures.length} figures; --resume goes on from there`,
      report,
    };
  }
  return failures.length > 0
    ? { status: "failed", message: failures.join("; "), report }
    : { status: "done", report };
}

/** Says that the page beside it is ours. */
const MARK = "atlas.json";

const hasPage = async (folder: OpenFolder) => (await folder.read("index.html")) !== undefined;

/** A page that is not ours is not overwritten. @throws InvalidParameterError "--out" */
async function requireOurs(folder: OpenFolder, { figures }: Atlas, name: string): Promise<void> {
  const page = await folder.read("index.html");
  if (page === undefined || (await folder.read(MARK)) !== undefined) return;
  // Earlier versions left no mark.
  for (const { id } of figures) if ((await folder.read(`${id}/data.json`)) !== undefined) return;
  const allowed = "a new folder, or one with a report; this one holds an index.html of something else";
  throw new InvalidParameterError("--out", name, allowed);
}

/** What a preset of the figures costs: CPU seconds of one core. @throws InvalidParameterError "--only" for an unknown figure. */
export function planAtlas(
  { figures }: Pick<Atlas, "figures">,
  { preset, only }: Pick<AtlasRequest, "preset" | "only">,
): { id: string; title: string; seconds: number }[] {
  return chosen(figures, only).map(({ id, title, cost }) => ({ id, title, seconds: cost[preset] }));
}

function chosen(figures: readonly Figure[], only: readonly string[] | undefined): readonly Figure[] {
  const ids = figures.map(({ id }) => id);
  for (const id of only ?? []) if (!ids.includes(id)) throw unknownKey(`--only "${id}"`, id, ids);
  return only ? figures.filter(({ id }) => only.includes(id)) : figures;
}

async function writeFigure(
  folder: OpenFolder,
  { id, panels, ...rest }: FigureResult,
  preset: Preset,
): Promise<void> {
  for (const { name, svg, narrow } of panels) {
    await folder.write(`${id}/${drawingFile(name)}`, svg);
    if (narrow) await folder.write(`${id}/${drawingFile(name, "narrow")}`, narrow);
  }
  const names = panels.map(({ name }) => name);
  const file = { version, preset, panels: names, ...rest };
  await folder.write(`${id}/data.json`, `${JSON.stringify(file, plainArrays)}\n`);
}

/** A figure as {@link writeFigure} wrote it, if it is of this preset and version. */
async function readFigure(folder: OpenFolder, id: string, preset: Preset): Promise<FigureResult | undefined> {
  const text = await folder.read(`${id}/data.json`);
  if (text === undefined) return undefined;
  const { version: writer, preset: size, panels: names, ...rest } = JSON.parse(text);
  if (writer !== version || size !== preset) return undefined;
  const panels = await Promise.all(
    (names as string[]).map(async (name) => ({
      name,
      svg: await folder.read(`${id}/${drawingFile(name)}`),
      narrow: await folder.read(`${id}/${drawingFile(name, "narrow")}`),
    })),
  );
  if (panels.some(({ svg }) => svg === undefined)) return undefined;
  return { id, ...rest, panels } as FigureResult;
}

/** Keeps the parts of a figure that is no matter of seconds in the folder, under a hash of what they depend on. */
function memoryOf(folder: OpenFolder, id: string, preset: Preset, resume: boolean): FigureTools["remember"] {
  return async (inputs, work) => {
    if (preset === "quick") return work();
    const hash = createHash("sha256")
      .update(JSON.stringify([version, inputs]))
      .digest("hex");
    const name = `${id}/parts/${hash.slice(0, 16)}.json`;
    const kept = resume ? await folder.read(name) : undefined;
    if (kept !== undefined) return JSON.parse(kept);
    const result = await work();
    await folder.write(name, JSON.stringify(result));
    return result;
  };
}

/** Typed arrays as lists. */
const plainArrays = (_key: string, value: unknown) =>
  ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
