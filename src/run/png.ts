/** Pixels of a picture on those of its drawing: sharp on paper. */
const SCALE = 2;

/**
 * A drawing as PNG, on white. Undefined where the optional package @resvg/resvg-js is not installed.
 * @param svg text of an svg element
 */
async function toPng(svg: string): Promise<Uint8Array | undefined> {
  const library = await import("@resvg/resvg-js").catch(() => undefined);
  if (!library) return undefined;
  const options = {
    background: "#fff",
    fitTo: { mode: "zoom", value: SCALE },
    font: { loadSystemFonts: true, defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans" },
  } as const;
  return new library.Resvg(svg, options).render().asPng();
}

/** Plots as files by name: each as SVG, and as PNG where that can be made. */
export async function plotFiles(
  plots: Readonly<Record<string, string>>,
): Promise<Record<string, string | Uint8Array>> {
  const files: Record<string, string | Uint8Array> = {};
  for (const [name, svg] of Object.entries(plots)) {
    files[`${name}.svg`] = svg;
    const png = await toPng(svg);
    if (png) files[`${name}.png`] = png;
  }
  return files;
}
