import katex from "katex";

/** A symbol as the records write it, e.g. "ℓ_th(0)", "Δ2", "ν̂", as a formula for readers and screen readers. */
export function symbolElement(symbol: string): HTMLElement {
  const known = made.get(symbol) ?? create(symbol);
  made.set(symbol, known);
  return known.cloneNode(true) as HTMLElement;
}

const made = new Map<string, HTMLElement>();

function create(symbol: string): HTMLElement {
  const element = document.createElement("span");
  element.className = "symbol";
  katex.render(texOf(symbol), element, { throwOnError: false, output: "htmlAndMathml", strict: false });
  return element;
}

const FUNCTIONS = ["ln", "max"];
/** Indices of components, which are letters each; other names of several letters are words. */
const INDICES = ["ik", "im", "jl"];
const CHARACTERS: Readonly<Record<string, string>> = {
  ℓ: "\\ell ",
  "′": "'",
  "″": "''",
  "⁺": "^+",
  "*": "^{*}",
  "⟨": "\\langle ",
  "⟩": "\\rangle ",
  "∞": "_\\infty ",
  "²": "^2",
};

/** The parts of a symbol that are more than single characters. */
const PARTS =
  /√(?<root>\S+)|(?<hat>\p{L})\u0302|_(?<below>[A-Za-z]+|\d+|×)|(?<base>[\p{L}])(?<index>\d+)|Δp|(?<word>[A-Za-z]{2,})|(?<one>[ℓ′″⁺*⟨⟩∞²])/gu;

/** TeX of a symbol written in plain characters. */
export function texOf(symbol: string): string {
  return symbol.replace(PARTS, (whole, ...rest) => {
    const { root, hat, below, base, index, word, one } = rest.at(-1) as Record<string, string | undefined>;
    if (root) return `\\sqrt{${texOf(root)}}`;
    if (hat) return `\\hat{${hat}}`;
    if (below) return `_{${below.length === 1 || INDICES.includes(below) ? below : `\\mathrm{${below}}`}}`;
    if (base) return `${CHARACTERS[base] ?? base}_{${index}}`;
    if (whole === "Δp") return "Δ_p";
    if (word) return FUNCTIONS.includes(word) ? `\\${word} ` : `\\mathrm{${word}}\\,`;
    return CHARACTERS[one!];
  });
}
