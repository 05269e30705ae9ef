import { type Chart, drawChart } from "../chart/chart";
import type { Shown } from "../chart/marks";
import type { View } from "../chart/view";
import type { SystemDescription } from "../compute/messages";

const WIDTH = 720;
const LINE = 20;
const SVG = "http://www.w3.org/2000/svg";

/** The chart as a picture of its own: black on white, the settings named below. */
export function svgOf(
  system: SystemDescription,
  settings: readonly Shown[],
  quantity: string,
  view: View,
): string | undefined {
  const chart: Chart | undefined = drawChart(system, settings, quantity, view, WIDTH);
  if (!chart) return undefined;
  const { svg } = chart;
  const { height } = svg.viewBox.baseVal;
  const named = settings.length > 1 ? settings : [];
  const whole = height + LINE * named.length;
  const ground = document.createElementNS(SVG, "rect");
  set(ground, { width: WIDTH, height: whole, fill: "white" });
  svg.prepend(ground);
  named.forEach(({ colour, label }, k) => {
    const line = document.createElementNS(SVG, "text");
    set(line, { x: 58, y: height + LINE * (k + 0.5), fill: colour, "text-anchor": "start", "font-size": 13 });
    line.textContent = `— ${label}`;
    svg.append(line);
  });
  set(svg, { width: WIDTH, height: whole, viewBox: `0 0 ${WIDTH} ${whole}`, color: "black" });
  return new XMLSerializer().serializeToString(svg);
}

function set(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

const PIXELS = 3;

/** A picture in PNG, three pixels for each of its own. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = PIXELS * image.naturalWidth;
  canvas.height = PIXELS * image.naturalHeight;
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("the browser makes no PNG"))),
      "image/png",
    ),
  );
}
