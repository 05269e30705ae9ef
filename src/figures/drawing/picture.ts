import { type Drawing, drawElement } from "./drawing";

/** One drawing, or several side by side, as plain data. */
export type Picture = Layout & (Drawing | { readonly drawings: readonly Drawing[] });

interface Layout {
  /** What a reader who cannot see it should hear. */
  readonly description: string;
  /** Of several drawings; default 2, at most as many as there are. */
  readonly columns?: number;
  /** Height of a row in pixels; default 400 for one drawing, else 250. */
  readonly rowHeight?: number;
  /** Bold line above all. */
  readonly title?: string;
  /** What the marks are, in words: a line below the title. */
  readonly key?: string;
}

const WIDTH = 640;
/** For a phone held upright: drawings one below the other. */
const NARROW = 340;
const GUTTER = 12;
const TITLE_HEIGHT = 26;
/** Pixels of a further line of a title, and of a letter in it. */
const TITLE_LINE = 18;
const TITLE_LETTER = 7.6;
const SVG = "http://www.w3.org/2000/svg";
/** What an svg element of a drawing hands down to its marks. */
const INHERITED = ["class", "fill", "font-family", "font-size", "text-anchor", "style"];

/** Draws a picture as one svg element of 640 pixels, drawings row by row; returns it as text. */
export const paint = (picture: Picture, document: Document): string => paintAt(WIDTH, picture, document);

/** The same for a screen of half the width, with letters of the same size. */
export const paintNarrow = (picture: Picture, document: Document): string =>
  paintAt(NARROW, picture, document);

function paintAt(wholeWidth: number, picture: Picture, document: Document): string {
  const { description, title, key } = picture;
  const isNarrow = wholeWidth < WIDTH;
  const isOne = !("drawings" in picture);
  const drawings = isOne ? [picture] : picture.drawings;
  const rowHeight = picture.rowHeight ?? (drawings.length === 1 ? 400 : 250);
  if (isOne) {
    const height = isNarrow ? Math.min(rowHeight, wholeWidth) : rowHeight;
    return drawElement(picture, { width: wholeWidth, height, description, isNarrow }, document).outerHTML;
  }
  const columns = isNarrow ? 1 : Math.min(picture.columns ?? 2, drawings.length);
  const width = (wholeWidth - (columns - 1) * GUTTER) / columns;
  const heading = title === undefined ? [] : wrapped(title, wholeWidth);
  const lines = [
    ...heading.map((text) => ({ text, "font-weight": "bold" })),
    ...(key === undefined ? [] : wrapped(key, wholeWidth)).map((text) => ({ text })),
  ];
  const parts = drawings.map((drawing) =>
    drawElement(drawing, { width, height: rowHeight, isNarrow }, document),
  );
  let bottom = lines.length > 0 ? TITLE_HEIGHT + TITLE_LINE * (lines.length - 1) : 0;
  const places = parts.map((part, k) => {
    const y = bottom;
    if (k % columns === columns - 1 || k === parts.length - 1) bottom += Number(part.getAttribute("height"));
    return [(k % columns) * (width + GUTTER), y];
  });
  const whole = element(document, "svg", {
    xmlns: SVG,
    role: "img",
    "aria-label": description,
    width: wholeWidth,
    height: bottom,
    viewBox: `0 0 ${wholeWidth} ${bottom}`,
    fill: "currentColor",
    "font-family": "system-ui, sans-serif",
    style: "display: block; max-width: 100%; height: auto",
  });
  for (const [k, { text, ...style }] of lines.entries()) {
    const line = element(document, "text", { x: 14, y: 16 + TITLE_LINE * k, "font-size": 14, ...style });
    line.textContent = text;
    whole.appendChild(line);
  }
  parts.forEach((part, k) => {
    const [x, y] = places[k];
    // A group, not a nested svg: the style of a drawing sets its height.
    const group = element(document, "g", { transform: `translate(${x},${y})` });
    for (const name of INHERITED) {
      const value = part.getAttribute(name);
      if (value !== null) group.setAttribute(name, value);
    }
    while (part.firstChild) group.appendChild(part.firstChild);
    whole.appendChild(group);
  });
  return whole.outerHTML;
}

/** Words in lines that fit. */
function wrapped(title: string, width: number): string[] {
  const most = Math.floor((width - 28) / TITLE_LETTER);
  const lines = [""];
  for (const word of title.split(" ")) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (longer.length > most && lines[lines.length - 1] !== "") lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function element(document: Document, name: string, attributes: Record<string, string | number>): Element {
  const created = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, String(value));
  return created;
}
