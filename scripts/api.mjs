import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { root } from "./setup.mjs";

/**
 * Writes api/twotime.api.md: every exported name of every subpath with its type, as users see it. A change of it is a
 * change of the interface, and is reviewed as one. With --check it fails where the file is not what the sources say.
 */
const target = join(root, "api/twotime.api.md");
const systems = readdirSync(join(root, "src/systems")).filter((name) =>
  existsSync(join(root, "src/systems", name, "index.ts")),
);
const subpaths = {
  twotime: "src/index.ts",
  "twotime/analysis": "src/analysis.ts",
  "twotime/kernels": "src/kernels/index.ts",
  "twotime/pool": "src/pool.ts",
  "twotime/node": "src/run/index.ts",
  ...Object.fromEntries(systems.map((name) => [`twotime/${name}`, `src/systems/${name}/index.ts`])),
};

const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const program = ts.createProgram(
  Object.values(subpaths).map((path) => join(root, path)),
  {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: "/declarations",
    rootDir: root,
  },
);
const checker = program.getTypeChecker();
const printer = ts.createPrinter({ removeComments: true });

const emitted = new Map();
program.emit(undefined, (path, text) => emitted.set(relative("/declarations", path), text), undefined, true);
const parsed = new Map();

/** The declarations of a source file as its users see them. */
function declarationsOf(file) {
  const path = relative(root, file.fileName).replace(/\.ts$/, ".d.ts");
  if (!parsed.has(path)) {
    const text = emitted.get(path);
    parsed.set(path, text && ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  }
  return parsed.get(path);
}

const isNamed = (statement, name) =>
  ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.some((one) => one.name.getText() === name)
    : statement.name?.text === name;

function textOf(symbol) {
  const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const files = new Set((original.declarations ?? []).map((one) => one.getSourceFile()));
  const texts = [...files].flatMap((file) => {
    const declarations = declarationsOf(file);
    if (!declarations) return [`// ${original.name} of another package`];
    return declarations.statements
      .filter((statement) => isNamed(statement, original.name))
      .map((statement) => printer.printNode(ts.EmitHint.Unspecified, statement, declarations));
  });
  const renamed = original.name === symbol.name ? [] : [`// as ${symbol.name}`];
  return [...renamed, ...texts].join("\n").replace(/^(export )?(declare )?/gm, "");
}

function sectionOf([subpath, path]) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(join(root, path)));
  const exports = checker.getExportsOfModule(module).sort((a, b) => (a.name < b.name ? -1 : 1));
  return `## ${subpath}\n\n\`\`\`ts\n${exports.map(textOf).join("\n\n")}\n\`\`\`\n`;
}

const text = `# The public interface

Every exported name with its type, made from the sources by \`npm run api\`. Who changes it changes what scripts rely on:
see the policy of versions in [CONTRIBUTING.md](../CONTRIBUTING.md).

${Object.entries(subpaths).map(sectionOf).join("\n")}`;

if (process.argv.includes("--check")) {
  if (existsSync(target) && readFileSync(target, "utf8") === text) process.exit(0);
  console.error(
    "error: api/twotime.api.md is not what the sources say; run npm run api, and review the change",
  );
  process.exit(1);
}
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, text);
