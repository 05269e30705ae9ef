import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port";
import { haveProgram } from "./install";

/** Whether Debian's server is there, or could be installed. */
export const haveRedis = () => haveProgram(["redis-server", "--version"], "redis-server");

const PASSWORD = "a-pass-word";

/** A server of its own on a free port of the loopback, in a folder of its own, which writes down all it is told. */
export interface RedisServer {
  readonly url: string;
  readonly password: string;
  /** Of one that speaks TLS: the file of its certificate, which nobody has signed but itself. */
  readonly certificate?: string;
  /** Ends it, as a machine that is switched off. */
  stop(): Promise<void>;
  /** Starts it again, on what it had written. */
  start(): Promise<void>;
  /** Stopped, and its folder gone. */
  remove(): Promise<void>;
}

export async function startRedis({ tls = false } = {}): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "twotime-redis-"));
  const port = await freePort();
  let server: ChildProcess | undefined;
  const [certificate, key] = ["certificate.pem", "key.pem"].map((name) => join(folder, name));
  if (tls) makeCertificate(certificate, key);
  const files = {
    "tls-cert-file": certificate,
    "tls-key-file": key,
    "tls-ca-cert-file": certificate,
    "tls-auth-clients": "no",
  };
  const options = {
    ...(tls ? { port: 0, "tls-port": port, ...files } : { port }),
    bind: "127.0.0.1",
    dir: folder,
    requirepass: PASSWORD,
    appendonly: "yes",
    appendfsync: "always",
    save: "",
  };

  async function start(): Promise<void> {
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn("redis-server", words, { stdio: ["ignore", "pipe", "ignore"] });
    server = child;
    await new Promise<void>((resolve, reject) => {
      let said = "";
      child.stdout.on("data", (piece) => {
        said += piece;
        if (said.includes("Ready to accept connections")) resolve();
      });
      child.once("exit", (status) => reject(new Error(`redis-server ended with status ${status}: ${said}`)));
    });
  }

  async function stop(): Promise<void> {
    const child = server;
    server = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  await start();
  return {
    url: `${tls ? "rediss" : "redis"}://:${PASSWORD}@127.0.0.1:${port}`,
    password: PASSWORD,
    ...(tls && { certificate }),
    stop,
    start,
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** For the loopback, by Debian's openssl. */
function makeCertificate(certificate: string, key: string): void {
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  const made = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", certificate];
  execFileSync("openssl", ["req", "-x509", ...made, ...subject], { stdio: "ignore" });
}
