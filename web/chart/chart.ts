import { drawElement, linear, log } from "../../src/figures/drawing";
import type { SystemDescription } from "../compute/messages";
import { levelsOf, type PredictedLevel, withSharedLabels } from "./levels";
import { type Curve, marksOf, pairCurves, type Shown, timeCurves } from "./marks";
import { AGAINST, type View, viewOf } from "./view";
import { predictedSlopes } from "./violation";

/** A drawing with what is needed to read values off it. */
export interface Chart {
  readonly svg: SVGSVGElement;
  readonly curves: readonly Curve[];
  /** Place in pixels of a value of x, and of y. */
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** Names of the axes, as the values are read out. */
  readonly names: { readonly x: string; readonly y: string };
}

/** Draws a quantity of all settings that are compared; undefined where there is nothing of it. */
export function drawChart(
  system: SystemDescription,
  settings: readonly Shown[],
  quantity: string,
  chosen: View,
  width: number,
): Chart | undefined {
  const info = system.quantities.find(({ name }) => name === quantity)!;
  const isPair = info.of === "pair";
  const view = viewOf(chosen, quantity);
  const alone = settings.length === 1;
  const curves = settings
    .flatMap((shown) => (isPair ? pairCurves : timeCurves)(shown, quantity, view, alone))
    .filter(({ x }) => x.length > 0);
  if (curves.length === 0) return undefined;
  const names = {
    x: isPair ? AGAINST[view.against] : system.stepped ? "step" : "t",
    y: info.symbol,
  };
  const { predictions } = settings[0].theory ?? {};
  const slopes =
    isPair && view.against === "correlation" ? predictedSlopes(settings[0], curves) : { marks: [] };
  const until = Math.max(...curves.map(({ x }) => x[x.length - 1]));
  const levels = levelsOf(quantity, system.predictions, predictions).filter(
    ({ value }) => view.y === "linear" || value > 0,
  );
  const svg = drawElement(
    {
      x: (view.x === "log" ? log : linear)(names.x, { padding: 0 }),
      y: (view.y === "log" ? log : linear)(names.y, {
        holds: near(
          levels.map(({ value }) => value),
          curves,
        ),
      }),
      marks: [...slopes.marks, ...marksOf(curves, view)],
      levels: shared(
        levels.filter(({ value }) => near([value], curves).length > 0),
        curves.flatMap(({ y }) => y),
        view.y,
        LABEL_HEIGHT / heightFor(width),
      ),
      moments: isPair
        ? slopes.plateau === undefined
          ? []
          : [{ value: slopes.plateau, label: "q" }]
        : shared(
            levelsOf("time", system.predictions, predictions).filter(
              ({ value }) => value > 0 && value <= until,
            ),
            curves.flatMap(({ x }) => x),
            view.x,
            LABEL_WIDTH / width,
          ),
    },
    { width, height: heightFor(width), description: descriptionOf(info.meaning, names, curves) },
    document,
  ) as SVGSVGElement & { scale(name: string): { apply(value: number): number } };
  // The drawing is described as a whole; its parts have no role that could be named.
  for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  const [x, y] = [svg.scale("x"), svg.scale("y")];
  return { svg, curves, names, x: (value) => x.apply(value), y: (value) => y.apply(value) };
}

/** Pixels that the label of a level, and of a moment, needs. */
const LABEL_HEIGHT = 22;
const LABEL_WIDTH = 60;

/** @param among values that the axis holds, which tell how near each other levels are */
function shared(levels: readonly PredictedLevel[], among: readonly number[], scale: View["x"], gap: number) {
  const place = (value: number) => (scale === "log" ? Math.log(value) : value);
  const places = [...among, ...levels.map(({ value }) => value)].map(place);
  const extent = Math.max(...places) - Math.min(...places) || 1;
  return withSharedLabels(levels, (value) => place(value) / extent, gap);
}

const heightFor = (width: number) => Math.round(Math.min(470, Math.max(300, 0.58 * width)));

/** Levels that do not squeeze the curves: within once their extent. */
function near(levels: readonly number[], curves: readonly Curve[]): number[] {
  const values = curves.flatMap(({ y }) => y);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(high - low, 1e-3 * Math.abs(high));
  return levels.filter((level) => level >= low - room && level <= high + room);
}

function descriptionOf(meaning: string, names: Chart["names"], curves: readonly Curve[]): string {
  const first = curves[0];
  const number = (value: number) => Number(value.toPrecision(3));
  const end = first.x.length - 1;
  return `${meaning} against ${names.x}: from ${number(first.y[0])} at ${number(first.x[0])} to ${number(first.y[end])} at ${number(first.x[end])}; ${curves.length} curves`;
}
