import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { newFolder } from "../cli/spawn";

const root = fileURLToPath(new URL("../..", import.meta.url));
const gallery = readdirSync(join(root, "docs/gallery"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const site = join(newFolder(), "site");
const read = (page: string) => readFileSync(join(site, page), "utf8");

function pagesIn(folder: string): string[] {
  return readdirSync(join(site, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["playground", "api"].includes(path) ? [] : pagesIn(path);
    return path.endsWith(".html") ? [path] : [];
  });
}

describe("the site", () => {
  beforeAll(() => void execFileSync("npx", ["tsx", "scripts/site.mjs", site], { cwd: root, stdio: "pipe" }));

  it("has no link that leads nowhere", () => {
    const lost: string[] = [];
    for (const page of pagesIn("")) {
      for (const [, link] of read(page).matchAll(/(?:href|src)="([^"]+)"/g)) {
        if (/^(https?|data):/.test(link)) continue;
        const [path, fragment] = link.split("#");
        const file = path === "" ? page : join(dirname(page), path);
        const isThere = existsSync(join(site, file));
        const isAnchor =
          !fragment || path.includes("playground") || (isThere && read(file).includes(`id="${fragment}"`));
        if (!isThere || !isAnchor) lost.push(`${page}: ${link}`);
      }
    }
    expect(lost).toEqual([]);
  });

  it("has a guide for every page of docs/, and every figure that is kept, with its numbers and what the paper shows", () => {
    expect(pagesIn("").length).toBeGreaterThan(20);
    const page = read("gallery.html");
    for (const id of gallery) {
      const section = page.split(`<section id="${id}"`)[1]?.split("</section>")[0] ?? "";
      expect(section, id).toContain("The paper shows: ");
      expect(section, id).toContain(`gallery-data/${id}.json`);
      // Words of Markdown, as links and subscripts; a dash of the table says nothing here.
      expect(section.split("<figure>")[0], id).not.toMatch(/\]\(|\bt_s\b|Agreement: –/);
      expect(section, id).toContain("<svg");
    }
  });

  it("asks a server for no icon, and breaks words of code where a narrow screen ends", () => {
    for (const page of pagesIn("")) expect(read(page), page).toContain('<link rel="icon" href="data:');
    expect(read("index.html")).toContain("overflow-wrap: anywhere");
  });

  it("opens figures in the playground with settings that it can read", () => {
    const links = [...read("gallery.html").matchAll(/playground\/index\.html#([^"]+)"/g)];
    expect(links.length).toBeGreaterThan(10);
    for (const [, state] of links) {
      const { setting, pinned } = JSON.parse(decodeURIComponent(state));
      expect([setting, ...pinned].length).toBeLessThanOrEqual(4);
      for (const one of pinned) expect(one.system).toBe(setting.system);
    }
  });
});
