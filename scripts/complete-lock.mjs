// Run after changing dependencies (npm run lock). A registry that serves only the packages of one platform makes
// npm leave the other platforms' optional packages out of the lock file, and `npm ci` then refuses it. This adds
// them: name, version and the platform they are for, which is all that npm needs to pass them over.
import { readFileSync, writeFileSync } from "node:fs";

const SYSTEMS = "android darwin freebsd linux openbsd netbsd openharmony sunos win32 aix".split(" ");
const PROCESSORS = "arm64 x64 ia32 arm ppc64 riscv64 s390x wasm32 loong64".split(" ");

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));
const packages = { ...lock.packages };
for (const [parent, { optionalDependencies, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (packages[place] || packages[`${parent}/${place}`]) continue;
    const words = name.split("/").pop().split("-");
    const only = (key, values) => (values.length > 0 ? { [key]: values } : {});
    packages[place] = {
      version: version.replace(/^[\^~]/, ""),
      ...only(
        "cpu",
        PROCESSORS.filter((word) => words.includes(word)),
      ),
      ...(dev ? { dev } : {}),
      optional: true,
      ...only(
        "os",
        SYSTEMS.filter((word) => words.includes(word)),
      ),
    };
  }
}
const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
