import { readdirSync, readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InvalidParameterError } from "../core/errors";

/** A page that is served to this machine. */
export interface ServedPage {
  readonly address: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
};

/**
 * Serves the files of a folder to this machine only; nothing but what is in the folder now.
 * @param port 0 for a free one
 * @throws InvalidParameterError named `port` where it is taken.
 */
export async function servePage(folder: string, port = 0): Promise<ServedPage> {
  const files = new Map(filesIn(folder).map((path) => [`/${path}`, readFileSync(join(folder, path))]));
  const server = createServer(({ url = "/", method }, response) => {
    const [path] = url.split("?");
    const name = path === "/" ? "/index.html" : path;
    const content = files.get(name);
    if (method !== "GET" && method !== "HEAD") return end(response, 405);
    if (!content) return end(response, 404);
    response.writeHead(200, {
      "content-type": TYPES[extname(name)] ?? "application/octet-stream",
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
    });
    response.end(method === "HEAD" ? undefined : content);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", ({ code, message }: NodeJS.ErrnoException) =>
      reject(
        new InvalidParameterError("port", port, code === "EADDRINUSE" ? "a port that is free" : message),
      ),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

function filesIn(folder: string, prefix = ""): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix ? `${prefix}/${entry.name}` : entry.name;
    return entry.isDirectory() ? filesIn(folder, path) : [path];
  });
}

/** Where the built page may be, seen from the built command line and from its source. */
const PLACES = ["./web/", "../web/", "../../dist/web/"];

/** The folder of the built page. @throws Error where it has not been built. */
export function pageFolder(): string {
  const folders = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = folders.find((folder) => {
    try {
      return readFileSync(join(folder, "index.html"), "utf8").includes("twotime");
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error("the playground is not built here: npm run build");
  return found;
}
