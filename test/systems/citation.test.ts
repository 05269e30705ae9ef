import { describe, expect, it } from "vitest";
import { bibtex } from "../../src/core/citations";
import { citation } from "../../src/systems/citation";
import { systems } from "../../src/systems/registry";

describe("citation", () => {
  it("has this package first, then the papers of a system, each with an entry", () => {
    const { sources, text, bibtex } = citation("p-spin");
    const [pSpin] = systems;
    expect(sources.map(({ key }) => key)).toEqual(["twotime", ...pSpin.citations.map(({ key }) => key)]);
    expect(text.split("\n")[2]).toBe(
      "L. F. Cugliandolo, J. Kurchan, Analytical solution of the off-equilibrium dynamics of a long-range spin-glass model, Phys. Rev. Lett. 71, 173 (1993)",
    );
    expect(bibtex).toContain(`@article{cugliandolo-kurchan,
  author = {L. F. Cugliandolo and J. Kurchan},
  title = {{Analytical solution of the off-equilibrium dynamics of a long-range spin-glass model}},
  journal = {Phys. Rev. Lett.},
  volume = {71},
  pages = {173},
  year = {1993},
}
`);
    expect(bibtex.match(/^@/gm)!.length).toBe(sources.length);
  });

  it("has each paper once where several systems share it, and all of them", () => {
    const keys = citation().sources.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { citations } of systems) for (const { key } of citations) expect(keys).toContain(key);
  });

  it("says arXiv where there is no journal, and the version of this package", () => {
    expect(citation("random-features").bibtex).toMatch(
      /^ {2}eprint = \{2602\.04774\},\n {2}archiveprefix = \{arXiv\}/m,
    );
    expect(citation().bibtex).toMatch(/^@software\{twotime,\n {2}author = \{\{the twotime developers\}\}/m);
    expect(citation().sources[0].text).toMatch(/, version \d+\.\d+\.\d+ \(\d{4}\)$/);
  });

  it("keeps a source that is a line of text alone", () => {
    expect(bibtex({ key: "k", text: "A. Author, A paper (2020)" })).toBe(
      "@misc{k,\n  note = {A. Author, A paper (2020)},\n}\n",
    );
  });

  it("refuses a system that is not there", () => {
    expect(() => citation("p-spins")).toThrow(/did you mean "p-spin"/);
  });
});
