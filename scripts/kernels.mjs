import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import asc from "assemblyscript/asc";
import { root } from "./setup.mjs";

/**
 * Compiles src/kernels/assembly/ into src/kernels/module.ts, which is committed, so that a checkout runs as it is.
 * With --check only tells whether the committed module is what the sources compile to.
 */
const target = "src/kernels/module.ts";
const files = new Map();
const said = asc.createMemoryStream();
const { error } = await asc.main(
  [
    "src/kernels/assembly/index.ts",
    "--outFile=kernels.wasm",
    "--runtime=stub",
    "--optimizeLevel=3",
    "--shrinkLevel=0",
    "--converge",
    "--noAssert",
    "--importMemory",
    "--zeroFilledMemory",
    "--initialMemory=4",
    "--enable=simd",
    "--baseDir=.",
  ],
  { stdout: said, stderr: said, writeFile: (name, contents) => files.set(name, contents), readFile: read },
);
if (error) {
  console.error(said.toString());
  process.exit(1);
}

const base64 = Buffer.from(files.get("kernels.wasm")).toString("base64");
const text = `/** The kernels of assembly/, compiled (npm run kernels). */\nexport const module =\n  "${base64}";\n`;
if (!process.argv.includes("--check")) writeFileSync(join(root, target), text);
else if (read(target) !== text) {
  console.error(`${target} is not what its sources compile to: npm run kernels`);
  process.exit(1);
}

function read(name) {
  try {
    return readFileSync(join(root, name), "utf8");
  } catch {
    return null;
  }
}
