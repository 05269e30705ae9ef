import { element } from "../form/element";
import type { Chart } from "./chart";
import type { Curve } from "./marks";
import { errorText, numberText } from "./number-text";

const SVG = "http://www.w3.org/2000/svg";

/**
 * Lets values be read off a drawing: by pointer, or by the arrow keys once it has the focus.
 * @param last where values of the drawing before were read, which goes on
 * @returns where values are read now
 */
export function addHover(canvas: HTMLElement, chart: Chart, last?: number): () => number | undefined {
  const { svg, curves } = chart;
  const places = [...new Set(curves.filter(({ kind }) => kind === "theory").flatMap(({ x }) => x))].sort(
    (a, b) => a - b,
  );
  if (places.length === 0) places.push(...[...new Set(curves.flatMap(({ x }) => x))].sort((a, b) => a - b));
  const readout = element("div", { class: "readout", hidden: "" });
  const spoken = element("div", { class: "hidden", "aria-live": "polite" });
  const rule = svg.appendChild(document.createElementNS(SVG, "g"));
  rule.setAttribute("data-hover", "");
  canvas.append(readout, spoken);
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("aria-roledescription", "chart, arrow keys read values");
  let current = -1;
  let reading: number | undefined;

  const hide = () => {
    reading = undefined;
    rule.replaceChildren();
    readout.hidden = true;
  };
  function show(k: number, speak: boolean): void {
    current = Math.min(places.length - 1, Math.max(0, k));
    const x = places[current];
    reading = x;
    const found = curves.flatMap((curve) => {
      const at = nearest(curve.x, x, chart);
      return at === undefined ? [] : [{ curve, at }];
    });
    rule.replaceChildren(ruleAt(chart, x), ...found.map(({ curve, at }) => dotAt(chart, curve, at)));
    const lines = found.map(({ curve, at }) => ({ curve, text: valueText(curve, at, x, chart.names.x) }));
    readout.replaceChildren(
      element("b", {}, [`${chart.names.x} = ${numberText(x, 4)}`]),
      ...lines
        .slice(0, MOST_LINES)
        .map(({ curve, text }) =>
          element("div", {}, [
            element("span", { class: "swatch", style: `background:${curve.colour}` }),
            `${curve.part ? `${curve.part}: ` : ""}${text}`,
          ]),
        ),
    );
    readout.hidden = false;
    const left = chart.x(x);
    const width = svg.clientWidth || svg.getBoundingClientRect().width;
    const side = left > width / 2 ? `right:${width - left + 12}px` : `left:${left + 12}px`;
    readout.setAttribute("style", `${side};top:44px`);
    if (speak)
      spoken.textContent = `${chart.names.x} ${numberText(x, 4)}: ${lines
        .slice(0, 4)
        .map(({ text }) => text)
        .join("; ")}`;
  }

  /** The place nearest to a pixel. */
  const placeAt = (pixel: number) =>
    places.reduce(
      (best, x, k) => (Math.abs(chart.x(x) - pixel) < Math.abs(chart.x(places[best]) - pixel) ? k : best),
      0,
    );
  svg.addEventListener("pointermove", ({ clientX }) =>
    show(placeAt(clientX - svg.getBoundingClientRect().left), false),
  );
  svg.addEventListener("pointerleave", hide);
  svg.addEventListener("blur", hide);
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[event.key];
    const goal = event.key === "Home" ? 0 : event.key === "End" ? places.length - 1 : undefined;
    if (event.key === "Escape") hide();
    if (step === undefined && goal === undefined) return;
    event.preventDefault();
    show(goal ?? current + step!, true);
  });
  if (last !== undefined) show(placeAt(chart.x(last)), false);
  return () => reading;
}

const MOST_LINES = 10;
/** Pixels within which a point belongs to the place that is pointed at. */
const REACH = 14;

function nearest(x: readonly number[], value: number, chart: Chart): number | undefined {
  let best: number | undefined;
  const place = chart.x(value);
  const distance = (k: number) => Math.abs(chart.x(x[k]) - place);
  for (let k = 0; k < x.length; k++) if (best === undefined || distance(k) < distance(best)) best = k;
  return best !== undefined && distance(best) <= REACH ? best : undefined;
}

/** @param place that is pointed at: a dot beside it tells its own */
function valueText({ kind, x, y, error }: Curve, at: number, place: number, name: string): string {
  const known = error && Number.isFinite(error[at]) ? ` ${errorText(error[at])}` : "";
  const whose = kind === "theory" ? [] : ["finite"];
  const where = numberText(x[at], 4) === numberText(place, 4) ? [] : [`at ${name} = ${numberText(x[at], 4)}`];
  const said = [...whose, ...where].join(" ");
  return `${numberText(y[at])}${known}${said && ` (${said})`}`;
}

function ruleAt(chart: Chart, x: number): Element {
  const line = document.createElementNS(SVG, "line");
  const { height } = chart.svg.viewBox.baseVal;
  const attributes = { x1: chart.x(x), x2: chart.x(x), y1: 34, y2: height - 44, stroke: "currentColor" };
  for (const [name, value] of Object.entries({ ...attributes, "stroke-opacity": 0.35 }))
    line.setAttribute(name, String(value));
  return line;
}

function dotAt(chart: Chart, { x, y, colour }: Curve, at: number): Element {
  const dot = document.createElementNS(SVG, "circle");
  const attributes = { cx: chart.x(x[at]), cy: chart.y(y[at]), r: 3.5, fill: colour };
  for (const [name, value] of Object.entries(attributes)) dot.setAttribute(name, String(value));
  return dot;
}
