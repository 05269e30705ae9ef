import * as Plot from "@observablehq/plot";
import { type Axis, type AxisPlan, axisOf, tickText } from "./axis";
import { type EndLabel, endLabels } from "./end-labels";
import { type Level, levelMarks, momentMarks } from "./levels";
import { cut, type Dots, extentOf, type Line, type Mark } from "./marks";
import { setSubscripts } from "./subscripts";

/** A quantity over the plane of two linear axes: lines of equal height, the ground the darker the higher. */
interface Field {
  /** At the centres of equal cells, row by row from below. */
  readonly values: ArrayLike<number>;
  readonly columns: number;
  /** Outer edges of the cells; one cell beyond the axes, for lines that reach the frame. */
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly levels: readonly number[];
  readonly colour: string;
}

/** A rectangle of one colour. */
export interface Cell {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly colour: string;
}

/** Words at a place of the drawing: centred on it, or to the right ("start") or the left ("end") of it. */
export interface Note {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: "middle" | "start" | "end";
}

/** A drawing as plain data. */
export interface Drawing {
  readonly title?: string;
  readonly x: AxisPlan;
  readonly y: AxisPlan;
  /** Below all else. */
  readonly field?: Field;
  readonly cells?: readonly Cell[];
  /** Lines lie below dots, else in this order. */
  readonly marks: readonly Mark[];
  /** Dashed grey horizontals and verticals. */
  readonly levels?: readonly Level[];
  readonly moments?: readonly Level[];
  readonly notes?: readonly Note[];
  /** Labels stand in this corner, one below the other, in place of the ends of the lines. */
  readonly legend?: "top-left" | "top-right" | "bottom-left" | "bottom-right";
}

/** Of a drawing as a whole, in pixels, and in words what a reader who cannot see it should hear. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly description?: string;
  /** For a narrow screen: names stand below the drawing, which grows by them, where they would take much of its width. */
  readonly isNarrow?: boolean;
}

const MARGIN = { top: 34, bottom: 44, left: 58, right: 16 };
/** Pixels a letter and a line of a label need. */
const LETTER = 7.2;
const LINE_HEIGHT = 16;
/** Names beside a narrow drawing take at most this share of it. */
const NARROW_SHARE = 0.3;
/** Pixels a tick along the x axis needs with what is written at it. */
const TICK_ROOM = 42;
const FONT = "13px";

/** Draws thin lines for theory, dots with error bars for measurements, as an svg element. */
export function drawElement(drawing: Drawing, frame: Frame, document: Document): Element {
  const { levels = [], moments = [], notes = [], field, cells = [], legend } = drawing;
  const { width, description, isNarrow = false } = frame;
  const { ends } = drawing.x;
  const marks = ends ? drawing.marks.map((mark) => cut(mark, ends)) : drawing.marks;
  const lines = marks.filter((mark) => mark.kind === "line");
  const dots = marks.filter((mark) => mark.kind === "dots");
  const y = axisOf(drawing.y, marks.flatMap(extentOf));
  const marginTop = MARGIN.top + (drawing.title ? LINE_HEIGHT + 6 : 0);
  const named = marks.filter(({ label }) => label !== undefined);
  const length = Math.max(0, ...named.map(({ label = "" }) => label.length));
  const isBelow = isNarrow && named.length > 0 && LETTER * length > NARROW_SHARE * width;
  const below = isBelow ? LINE_HEIGHT * named.length + 4 : 0;
  const height = frame.height + below;
  const gap = LINE_HEIGHT / (frame.height - marginTop - MARGIN.bottom);
  const labels = legend || isBelow ? [] : endLabels(lines, y, gap);
  const longest = Math.max(0, ...labels.map(({ label }) => label.length));
  const marginRight = MARGIN.right + (longest === 0 ? 0 : 6 + LETTER * longest);
  const room = Math.floor((width - MARGIN.left - marginRight) / TICK_ROOM);
  const x = axisOf(
    drawing.x,
    marks.flatMap((mark) => Array.from(mark.x)),
    room,
  );
  const svg = Plot.plot({
    document,
    width,
    height,
    marginTop,
    marginBottom: MARGIN.bottom + below,
    marginLeft: MARGIN.left,
    marginRight,
    ariaLabel: description,
    style: { fontSize: FONT, overflow: "visible" },
    x: { type: x.type, domain: [...x.domain], label: null },
    y: { type: y.type, domain: [...y.domain], label: null },
    marks: [
      ...(field ? [fieldMark(field)] : []),
      Plot.rect(cells, { x1: "x1", x2: "x2", y1: "y1", y2: "y2", fill: ({ colour }: Cell) => colour }),
      ...axisMarks(x, y, drawing.title),
      ...levelMarks(levels, y, gap),
      ...momentMarks(
        moments,
        { x, letter: LETTER / (width - MARGIN.left - marginRight) },
        { levels, y, gap },
      ),
      ...lines.map(lineMark),
      ...dots.flatMap(dotMarks),
      ...notes.map(noteMark),
      Plot.text(labels, {
        y: "height",
        text: "label",
        fill: (label: EndLabel) => label.colour,
        frameAnchor: "right",
        textAnchor: "start",
        dx: 6,
      }),
      ...(isBelow ? namesBelow(named) : legend ? legendMarks(named, legend) : []),
    ],
  });
  setSubscripts(svg, document);
  svg.setAttribute("role", "img");
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return svg;
}

function axisMarks(x: Axis, y: Axis, title: string | undefined): Plot.Markish[] {
  const quiet = { stroke: "currentColor", strokeOpacity: 0.12 };
  // As text, not as tickFormat, of which a logarithmic scale would drop some.
  const ticks = { tickSize: 4, text: tickText, fontSize: 12 };
  return [
    Plot.gridX(x.ticks, quiet),
    Plot.gridY(y.ticks, quiet),
    Plot.frame({ stroke: "currentColor", strokeOpacity: 0.35 }),
    Plot.axisX(x.ticks, {
      ...ticks,
      label: x.label,
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: MARGIN.bottom - 4,
    }),
    Plot.axisY(y.ticks, { ...ticks, label: null }),
    // Upright, above the axis: easier to read than along it.
    Plot.text([y.label], {
      frameAnchor: "top-left",
      textAnchor: "start",
      lineAnchor: "bottom",
      dx: -44,
      dy: -10,
    }),
    ...(title
      ? [
          Plot.text([title], {
            frameAnchor: "top-left",
            textAnchor: "start",
            lineAnchor: "bottom",
            dx: -44,
            dy: -10 - LINE_HEIGHT - 4,
            fontWeight: "bold",
          }),
        ]
      : []),
  ];
}

/** The names of lines and dots, below each other in a corner of the frame. */
function legendMarks(named: readonly Mark[], corner: NonNullable<Drawing["legend"]>): Plot.Markish[] {
  const [side, sign] = [corner.endsWith("left") ? 1 : -1, corner.startsWith("top") ? 1 : -1];
  const rows = sign > 0 ? named : named.toReversed();
  return rows.map((mark, k) =>
    Plot.text([nameOf(mark)], {
      frameAnchor: corner,
      textAnchor: side > 0 ? "start" : "end",
      dx: 8 * side,
      dy: sign * (8 + LINE_HEIGHT * k),
      fill: mark.colour,
    }),
  );
}

/** The same below the axis. */
function namesBelow(named: readonly Mark[]): Plot.Markish[] {
  return named.map((mark, k) =>
    Plot.text([nameOf(mark)], {
      frameAnchor: "bottom-left",
      textAnchor: "start",
      dy: MARGIN.bottom + 8 + LINE_HEIGHT * k,
      fill: mark.colour,
    }),
  );
}

function nameOf(mark: Mark): string {
  if (mark.kind === "dots") return `${mark.hollow ? "○" : "●"} ${mark.label}`;
  return `${mark.dashed ? "- -" : "—"} ${mark.label}`;
}

const NOTE_SHIFT = { start: 8, middle: 0, end: -8 };

function noteMark({ x, y, text, anchor = "middle" }: Note): Plot.Markish {
  return Plot.text([text], { x: [x], y: [y], textAnchor: anchor, dx: NOTE_SHIFT[anchor] });
}

/** The region above each level in the same thin colour: they lie in each other and add up. */
function fieldMark({ values, columns, x, y, levels, colour }: Field): Plot.Markish {
  const [x1, x2] = x;
  const [y1, y2] = y;
  return Plot.contour(Array.from(values), {
    width: columns,
    height: values.length / columns,
    x1,
    x2,
    y1,
    y2,
    value: (value: number) => value,
    thresholds: [...levels],
    fill: colour,
    fillOpacity: 0.7 / levels.length,
    stroke: colour,
    strokeOpacity: 0.5,
    strokeWidth: 0.7,
    clip: true,
  });
}

function lineMark({ x, y, colour, dashed }: Line): Plot.Markish {
  const points = Array.from(x, (value, k) => [value, y[k]] as [number, number]);
  return Plot.line(points, {
    stroke: colour,
    strokeWidth: dashed ? 1.2 : 1.6,
    ...(dashed && { strokeDasharray: "5 4", strokeOpacity: 0.85 }),
  });
}

function dotMarks({ x, y, standardError, colour, hollow }: Dots): Plot.Markish[] {
  const points = Array.from(x, (value, k) => [value, y[k]] as [number, number]);
  const dot = Plot.dot(points, {
    r: 2,
    stroke: colour,
    ...(hollow ? { strokeWidth: 1.4 } : { fill: colour }),
  });
  if (!standardError) return [dot];
  const ends = points.map(([at, value], k) => [at, value - standardError[k], value + standardError[k]]);
  const caps = ends.flatMap(([at, low, high]) => [
    [at, low],
    [at, high],
  ]);
  return [
    Plot.ruleX(ends, { x: "0", y1: "1", y2: "2", stroke: colour, strokeWidth: 1.2 }),
    Plot.dot(caps as [number, number][], { symbol: CAP, r: 3, stroke: colour, strokeWidth: 1.2 }),
    dot,
  ];
}

/** End of an error bar; its size is an area, as of every symbol. */
const CAP = {
  draw(context: Pick<CanvasPath, "moveTo" | "lineTo">, size: number) {
    const half = Math.sqrt(size / Math.PI);
    context.moveTo(-half, 0);
    context.lineTo(half, 0);
  },
};
