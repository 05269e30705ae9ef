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
}

const WIDTH = 640;
const GUTTER = 12;
const TITLE_HEIGHT = 26;
const SVG = "http://www.w3.org/2000/svg";
/** What an svg element of a drawing hands down to its marks. */
const INHERITED = ["class", "fill", "font-family", "font-size", "text-anchor", "style"];

/** Draws a picture as one svg element of 640 pixels, drawings row by row; returns it as text. */
export function paint(picture: Picture, document: Document): string {
  const { description, title } = picture;
  const isOne = !("drawings" in picture);
  const drawings = isOne ? [picture] : picture.drawings;
  const rowHeight = picture.rowHeight ?? (drawings.length === 1 ? 400 : 250);
  if (isOne)
    return drawElement(picture, { width: WIDTH, height: rowHeight, description }, document).outerHTML;
  const columns = Math.min(picture.columns ?? 2, drawings.length);
  const width = (WIDTH - (columns - 1) * GUTTER) / columns;
  const top = title === undefined ? 0 : TITLE_HEIGHT;
  const height = top + Math.ceil(drawings.length / columns) * rowHeight;
  const whole = element(document, "svg", {
    xmlns: SVG,
    role: "img",
    "aria-label": description,
    width: WIDTH,
    height,
    viewBox: `0 0 ${WIDTH} ${height}`,
    fill: "currentColor",
    "font-family": "system-ui, sans-serif",
    style: "display: block; max-width: 100%; height: auto",
  });
  if (title !== undefined) {
    const heading = element(document, "text", { x: 14, y: 16, "font-size": 14, "font-weight": "bold" });
    heading.textContent = title;
    whole.appendChild(heading);
  }
  drawings.forEach((drawing, k) => {
    const part = drawElement(drawing, { width, height: rowHeight }, document);
    const x = (k % columns) * (width + GUTTER);
    const y = top + Math.floor(k / columns) * rowHeight;
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

function element(document: Document, name: string, attributes: Record<string, string | number>): Element {
  const created = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, String(value));
  return created;
}
