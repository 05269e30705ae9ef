import { InterruptedError, InvalidParameterError } from "../core/errors";
import type { Options } from "../core/options";
import { unknownKey } from "../systems/validate";
import { createDocument } from "./document";
import { version } from "./manifest";
import { type OpenFolder, openFolder } from "./open-folder";

export type Preset = "quick" | "paper";

/** What is needed of a finished figure to keep it: its drawings and all the rest of it, as plain data. */
export interface FigureFiles {
  readonly id: string;
  readonly panels: readonly { readonly name: string; readonly svg: string }[];
}

/** The figures there are and the page that shows them: what the room figures/ gives. */
export interface Atlas<Result extends FigureFiles> {
  readonly figures: readonly {
    readonly id: string;
    readonly title: string;
    run(preset: Preset, tools: { readonly options: Options; readonly document: Document }): Promise<Result>;
  }[];
  renderReport(
    results: readonly Result[],
    about: { version: string; preset: string; seconds: number; date: string },
  ): string;
}

export interface AtlasRequest {
  readonly preset: Preset;
  /** Ids of the figures to make; all when left out. */
  readonly only?: readonly string[];
  readonly folder: string;
  readonly options: Options;
  /** Called after every figure, with one line about it. */
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
export async function runAtlas<Result extends FigureFiles>(
  atlas: Atlas<Result>,
  request: AtlasRequest,
): Promise<AtlasOutcome> {
  const { preset, options, onFigure } = request;
  const figures = chosen(atlas.figures, request.only);
  const folder = await openFolder(request.folder, "--out");
  const document = await createDocument();
  const start = performance.now();
  const results: Result[] = [];
  const failures: string[] = [];
  let isInterrupted = false;
  const seconds = () => (performance.now() - start) / 1000;
  const writeReport = () => {
    const date = new Date().toISOString().slice(0, 10);
    return folder.write(
      "index.html",
      atlas.renderReport(results, { version, preset, seconds: seconds(), date }),
    );
  };

  for (const figure of figures) {
    const from = seconds();
    try {
      const result = await figure.run(preset, { options, document });
      results.push(result);
      await writeFigure(folder, result);
      await writeReport();
      onFigure?.(`${figure.id}  ${(seconds() - from).toFixed(1)} s  ${figure.title}`);
    } catch (error) {
      if (error instanceof InvalidParameterError && error.parameter === "--out") throw error;
      isInterrupted = error instanceof InterruptedError;
      if (isInterrupted) break;
      const reason = error instanceof Error ? error.message : String(error);
      failures.push(`${figure.id}: ${reason}`);
      onFigure?.(`${figure.id}  failed: ${reason}`);
    }
  }
  await writeReport();
  const report = `${request.folder}/index.html`;
  if (isInterrupted) {
    return {
      status: "interrupted",
      message: `interrupted after ${results.length} of ${figures.length} figures`,
      report,
    };
  }
  return failures.length > 0
    ? { status: "failed", message: failures.join("; "), report }
    : { status: "done", report };
}

function chosen<F extends { readonly id: string }>(
  figures: readonly F[],
  only: readonly string[] | undefined,
): readonly F[] {
  const ids = figures.map(({ id }) => id);
  for (const id of only ?? []) if (!ids.includes(id)) throw unknownKey(`--only "${id}"`, id, ids);
  return only ? figures.filter(({ id }) => only.includes(id)) : figures;
}

async function writeFigure(folder: OpenFolder, { id, panels, ...rest }: FigureFiles): Promise<void> {
  for (const { name, svg } of panels) await folder.write(`${id}/${fileName(name)}.svg`, svg);
  await folder.write(`${id}/data.json`, `${JSON.stringify(rest, plainArrays)}\n`);
}

const fileName = (phrase: string) =>
  phrase
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();

/** Typed arrays as lists. */
const plainArrays = (_key: string, value: unknown) =>
  ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
