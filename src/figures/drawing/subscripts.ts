const SVG = "http://www.w3.org/2000/svg";
/** How far below the line a subscript stands, in pixels, and how large it is. */
const DROP = 3;
const SIZE = "0.78em";

/** One letter, with its accent, and what stands below the line after it: "γ_opt", "ε_*", "Δ2"; of two letters "Δp" and "ts". */
const SYMBOL =
  /(?<![\p{L}\p{N}_])(?<letter>\p{L}\p{M}?)(?:_(?<word>\p{L}+\d*|\d+|\*)|(?<number>\d+)(?![\p{L}\d]))|(?<![\p{L}\p{N}_])(?:Δ(?=p)|t(?=s))(?<second>[ps])(?!\p{L})/gu;

/** A text in parts, of which every other is a subscript, as the papers print their symbols. */
export function withSubscripts(text: string): string[] {
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(SYMBOL)) {
    const { word, number, second } = match.groups!;
    const below = word ?? number ?? second;
    const start = match.index + match[0].length - below.length;
    parts.push(text.slice(end, word === undefined ? start : start - 1), below);
    end = start + below.length;
  }
  return [...parts, text.slice(end)];
}

/** "ℓ_th" and "Δ2" of a drawing with the subscripts below the line. */
export function setSubscripts(svg: Element, document: Document): void {
  for (const element of Array.from(svg.querySelectorAll("text, tspan"))) {
    const parts = withSubscripts(element.textContent ?? "");
    if (element.children.length > 0 || parts.length === 1) continue;
    element.textContent = "";
    for (const [k, part] of parts.entries()) {
      if (part === "") continue;
      const span = document.createElementNS(SVG, "tspan");
      span.textContent = part;
      if (k % 2 === 1) {
        span.setAttribute("dy", String(DROP));
        span.setAttribute("font-size", SIZE);
      } else if (k > 0) span.setAttribute("dy", String(-DROP));
      element.appendChild(span);
    }
  }
}
