import { expect, it } from "vitest";
import { linear } from "../../../src/figures/drawing/axis";
import { drawElement } from "../../../src/figures/drawing/drawing";
import { theory } from "../../../src/figures/drawing/marks";
import { all, createDocument } from "../tools";

/** The parts of the text that begins so, those below the line in brackets, those above in braces. */
function partsOf(label: string, start: string): string {
  const drawing = { x: linear("t"), y: linear(label), marks: [theory([0, 1], [0, 1], { colour: "red" })] };
  const svg = drawElement(drawing, { width: 320, height: 200 }, createDocument());
  const text = all(svg, "text").find((element) => element.textContent?.startsWith(start));
  const spans = all(text!, "tspan").filter((element) => element.children.length === 0);
  if (spans.length === 0) return text!.textContent ?? "";
  let height = 0;
  return spans
    .map((span) => {
      height += Number(span.getAttribute("dy") ?? 0);
      const [open, close] = height > 0 ? "[]" : height < 0 ? "{}" : ["", ""];
      return `${open}${span.textContent}${close}`;
    })
    .join("");
}

it.each([
  ["γ_opt", "γ", "γ[opt]"],
  ["ℓ − ℓ_th(0)", "ℓ", "ℓ − ℓ[th](0)"],
  ["|m_j|/Q_jl", "|m", "|m[j]|/Q[jl]"],
  ["λ_*²", "λ", "λ[*]²"],
  ["y_12", "y", "y[12]"],
  ["Δ2 at Δp", "Δ", "Δ[2] at Δ[p]"],
  ["η0²(t − ts)", "η", "η[0]²(t − t[s])"],
  ["10³, 1e4, f64x2, x²", "10", "10³, 1e4, f64x2, x²"],
  ["χ²_p t^−β.", "χ", "χ²[p] t{−β}."],
  ["N^⅔ (1 − t/T)^{2b−1}", "N", "N{⅔} (1 − t/T){2b−1}"],
  ["κ_k^(γ−2) x0", "κ", "κ[k]{γ−2} x[0]"],
  ["D^0.67 t^(−1/3) η_0^x2", "D", "D{0.67} t{−1/3} η[0]{x2}"],
  ["loss per spin", "loss", "loss per spin"],
])("%s: what stands below the line after a symbol is a subscript", (label, start, parts) => {
  expect(partsOf(label, start)).toBe(parts);
});
