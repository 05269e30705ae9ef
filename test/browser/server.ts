import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface LoopbackServer {
  /** With a slash at the end. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves scripts by their path, and an empty page at "/", to this machine only. */
export async function serveLoopback(scripts: ReadonlyMap<string, string>): Promise<LoopbackServer> {
  const server = createServer(({ url }, response) => {
    const script = scripts.get(url ?? "");
    if (script !== undefined) {
      response.writeHead(200, { "content-type": "text/javascript" }).end(script);
    } else if (url === "/") {
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>kernels</title>");
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
