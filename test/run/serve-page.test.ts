import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../src";
import { servePage } from "../../src/run/serve-page";

const around = mkdtempSync(join(tmpdir(), "twotime-served-"));
const folder = join(around, "web");
mkdirSync(join(folder, "assets"), { recursive: true });
writeFileSync(join(around, "secret.txt"), "not for readers");
writeFileSync(join(folder, "index.html"), "<p>page</p>");
writeFileSync(join(folder, "assets", "a.js"), "1");

describe("the server of the page", () => {
  let served: Awaited<ReturnType<typeof servePage>>;
  beforeAll(async () => {
    served = await servePage(folder);
  });
  afterAll(() => served.close());

  /** As it is written, which fetch would tidy up. */
  const ask = (path: string, method = "GET") =>
    new Promise<{ status?: number; type?: string; sniff?: unknown; text: string }>((resolve, reject) => {
      const { port } = new URL(served.address);
      request({ host: "127.0.0.1", port, path, method }, (response) => {
        const { statusCode: status, headers } = response;
        let text = "";
        response.on("data", (part) => {
          text += part;
        });
        response.on("end", () =>
          resolve({ status, type: headers["content-type"], sniff: headers["x-content-type-options"], text }),
        );
      })
        .on("error", reject)
        .end();
    });

  it("gives its files by name, with their types, and index.html for the folder", async () => {
    const page = { status: 200, sniff: "nosniff", text: "<p>page</p>" };
    expect(await ask("/")).toMatchObject(page);
    expect(await ask("/index.html?x=1")).toMatchObject(page);
    expect((await ask("/")).type).toMatch(/^text\/html/);
    expect((await ask("/assets/a.js")).type).toMatch(/^text\/javascript/);
  });

  it("gives nothing else", async () => {
    for (const path of [
      "/none",
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/assets",
      "/assets/../../secret.txt",
    ])
      expect(await ask(path)).toMatchObject({ status: 404, text: "" });
  });

  it("takes no other method, and answers HEAD without content", async () => {
    expect(await ask("/", "POST")).toMatchObject({ status: 405, text: "" });
    expect(await ask("/", "HEAD")).toMatchObject({ status: 200, text: "" });
  });

  it("listens to this machine alone, and names the port that is taken", async () => {
    const { hostname, port: text } = new URL(served.address);
    const port = Number(text);
    expect(hostname).toBe("127.0.0.1");
    // Another address of this machine, which no server of it alone answers.
    await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow();
    await expect(servePage(folder, port)).rejects.toThrow(InvalidParameterError);
    await expect(servePage(folder, port)).rejects.toThrow(/a port that is free/);
  });
});
