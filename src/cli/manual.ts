import type { Command } from "commander";
import { PAGES, STATUS } from "./manual-pages";
import { WIDTH, wrap } from "./table";

/** Gives each command its page: what it does, arguments and flags with their defaults, examples, exit status. */
export function addManual(program: Command): void {
  program.configureHelp({ helpWidth: WIDTH }).addHelpText("after", section("Exit status", STATUS));
  for (const command of program.commands) {
    command.copyInheritedSettings(program);
    const page = PAGES[command.name()];
    if (!page) continue;
    command.summary(command.description()).description(page.text);
    command.addHelpText("after", section("Examples", page.examples));
    command.addHelpText("after", section("Exit status", { ...STATUS, ...page.status }));
  }
}

/** Two columns below a title, as commander sets its own. */
function section(title: string, lines: Readonly<Record<string, string>>): string {
  const entries = Object.entries(lines);
  const width = Math.max(...entries.map(([name]) => name.length));
  // What is long stands above its meaning.
  const isWide = width > WIDTH / 3;
  const indent = isWide ? 6 : width + 4;
  const set = ([name, meaning]: [string, string]) =>
    isWide
      ? `  ${name}\n${" ".repeat(indent)}${wrap(meaning, indent)}`
      : `  ${name.padEnd(width)}  ${wrap(meaning, indent)}`;
  return `\n${title}:\n${entries.map(set).join("\n")}`;
}
