import type { Result } from "./benchmark";
import { FLAGS } from "./native";

const HEAD = [
  "case",
  "ours, CPU s",
  "baseline, CPU s",
  "ratio",
  "goal",
  "plain, CPU s",
  "plain/ours",
  "bytes/n²",
  "goal",
];

/** The results as a Markdown table. */
export function formatTable(results: readonly Result[]): string {
  const lines = results.map(({ benchmark, ours, baseline, ratio, plain, gain, bytes }) => [
    benchmark.name,
    ours.toPrecision(3),
    baseline?.toPrecision(3) ?? "–",
    ratio?.toPrecision(3) ?? "–",
    verdict(ratio, benchmark.goal.ratio),
    plain?.toPrecision(3) ?? "–",
    gain?.toPrecision(3) ?? "–",
    bytes?.toFixed(1) ?? "–",
    verdict(bytes, benchmark.goal.bytes),
  ]);
  const cells = [HEAD, HEAD.map(() => "---"), ...lines];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  return cells.map((line) => `| ${line.map((cell, k) => cell.padEnd(widths[k])).join(" | ")} |`).join("\n");
}

/** The page that is kept: nothing in it names the machine, and the ratios are what to compare. */
export function formatPage(results: readonly Result[], repeats: number): string {
  const date = new Date().toISOString().slice(0, 10);
  return `# Benchmarks

${date}, Node ${process.version}. User CPU time, medians of ${repeats} interleaved runs in one process (of up to 25
where they are short) after four to warm up; the native programs (benchmarks/native/) are the same algorithm in C, compiled with
\`cc ${FLAGS.join(" ")}\`, and must give the same answer; "plain" is the same kernel in plain
TypeScript. Seconds depend on the machine; the ratios are what to compare.

${formatTable(results)}
`;
}

function verdict(value: number | undefined, most: number | undefined): string {
  if (most === undefined) return "–";
  const goal = `≤ ${Number(most.toPrecision(2))}`;
  if (value === undefined) return goal;
  return `${goal}: ${value <= most ? "met" : "missed"}`;
}
