const SVG = "http://www.w3.org/2000/svg";
/** How far below the line a subscript stands, in pixels, and how large it is. */
const DROP = 3;
const SIZE = "0.78em";

/** "ℓ_th" and "γ_opt" as the papers print them: what follows an underscore, up to the end of the word, is set below the line. */
export function setSubscripts(svg: Element, document: Document): void {
  for (const element of Array.from(svg.querySelectorAll("text, tspan"))) {
    const text = element.textContent ?? "";
    if (element.children.length > 0 || !text.includes("_")) continue;
    // Every other part is a subscript.
    const parts = text.split(/_(\p{L}+\p{N}*|\p{N}+|\*)/u);
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
