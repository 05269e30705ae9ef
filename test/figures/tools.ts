import { parseHTML } from "linkedom";
import type { FigureTools } from "../../src/figures";
import { solvers } from "../../src/run/solvers";

/** What a figure is made with: the systems, and a fresh DOM to draw in. */
export const createTools = (options: FigureTools["options"] = {}): FigureTools => ({
  solvers,
  options,
  document: createDocument(),
});

/** A fresh DOM to draw in. */
export function createDocument(): Document {
  return parseHTML("<!doctype html><html><body></body></html>").document as unknown as Document;
}

/** An svg text as an element. */
export function parseSvg(svg: string): Element {
  const { document } = parseHTML(`<!doctype html><html><body>${svg}</body></html>`);
  return document.querySelector("svg") as unknown as Element;
}

/** Elements that a selector finds. */
export function all(root: Element | Document, selector: string): Element[] {
  return Array.from(root.querySelectorAll(selector));
}

/** Words of all text marks. */
export function textsOf(element: Element): string[] {
  return all(element, "text").map((text) => text.textContent ?? "");
}

/** Every number inside plain data. */
export function numbersIn(data: unknown): number[] {
  if (typeof data === "number") return [data];
  return typeof data === "object" && data !== null ? Object.values(data).flatMap(numbersIn) : [];
}
