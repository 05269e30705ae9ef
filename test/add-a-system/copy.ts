import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const FILES = ["package.json", "tsconfig.json", ".dependency-cruiser.cjs"];

/**
 * A copy of the package with the systems of tree/ added as docs/add-a-system.md says: a folder on each floor, a line in
 * the registry.
 */
export function copyWithSystems(names: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "twotime-add-a-system-"));
  for (const file of FILES) cpSync(join(root, file), join(folder, file));
  cpSync(join(root, "src"), join(folder, "src"), { recursive: true });
  cpSync(join(root, "test/add-a-system/tree"), join(folder, "src"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const name of names) register(join(folder, "src/systems/registry.ts"), name);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The line of a system in the registry, and the import that belongs to it. */
function register(file: string, name: string): void {
  const variable = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const text = readFileSync(file, "utf8");
  const added = text.replace("export const systems = [", `export const systems = [${variable}, `);
  if (added === text) throw new Error("the registry has no list of systems");
  writeFileSync(file, `import { ${variable} } from "./${name}/record";\n${added}`);
}
