const SVG = "http://www.w3.org/2000/svg";
/** How far from the line a subscript and an exponent stand, in pixels, and how large they are. */
const SHIFT = { line: 0, below: 3, above: -5 };
const SIZE = "0.78em";

/** One letter, with its accent, and what stands below the line after it: "γ_opt", "χ²_p", "Δ2"; of two letters "Δp" and "ts". */
const BELOW =
  /(?<![\p{L}\p{N}_^])(?:\p{L}\p{M}?(?:[²³]?_(?<word>\p{L}+\d*|\d+|[*×])|(?<number>\d+)(?![\p{L}\d]))|(?:Δ(?=p)|t(?=s))(?<second>[ps])(?!\p{L}))/u;
/** "t^−β", "N^⅔", "D^0.67", and with several terms "T^(1/3)" or "T^{2b−1}". */
const ABOVE = /\^(?:\((?<several>[^()]+)\)|\{(?<terms>[^{}]+)\}|(?<power>−?[\p{L}\p{N}.]*[\p{L}\p{N}]))/u;
const SIGNS = new RegExp(`${BELOW.source}|${ABOVE.source}`, "gu");

/** A piece of a text, by where it is set. */
interface Part {
  readonly text: string;
  readonly place: keyof typeof SHIFT;
}

/** A text in parts, with subscripts and exponents as the papers print them. */
export function withSubscripts(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(SIGNS)) {
    const { word, number, second, several, terms, power } = match.groups!;
    const below = word ?? number ?? second;
    const after = match.index + match[0].length;
    const start = below === undefined ? match.index : after - below.length - (word === undefined ? 0 : 1);
    parts.push({ text: text.slice(end, start), place: "line" });
    parts.push(
      below === undefined
        ? { text: (several ?? terms ?? power)!, place: "above" }
        : { text: below, place: "below" },
    );
    end = after;
  }
  return [...parts, { text: text.slice(end), place: "line" as const }].filter(({ text }) => text !== "");
}

/** "ℓ_th" and "t^−β" of a drawing with subscripts and exponents in their places. */
export function setSubscripts(svg: Element, document: Document): void {
  for (const element of Array.from(svg.querySelectorAll("text, tspan"))) {
    if (element.children.length > 0) continue;
    const parts = withSubscripts(element.textContent ?? "");
    if (parts.every(({ place }) => place === "line")) continue;
    element.textContent = "";
    let shift = 0;
    for (const { text, place } of parts) {
      const span = document.createElementNS(SVG, "tspan");
      span.textContent = text;
      if (SHIFT[place] !== shift) span.setAttribute("dy", String(SHIFT[place] - shift));
      if (place !== "line") span.setAttribute("font-size", SIZE);
      shift = SHIFT[place];
      element.appendChild(span);
    }
  }
}
