import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port";
import { haveProgram } from "./install";

/** Whether Debian's Slurm is there, or could be installed; its daemons want to be root. */
export const haveSlurm = () =>
  process.getuid?.() === 0 &&
  haveProgram(["/usr/sbin/slurmd", "-V"], "slurm-wlm", "munge") &&
  haveProgram(["/usr/sbin/munged", "--version"], "munge");

/** A cluster of this machine alone, in a folder of its own, on free ports of the loopback. */
export interface Cluster {
  /** For the environment of its commands. */
  readonly environment: Readonly<Record<string, string>>;
  /** The jobs that wait or run. */
  jobs(): string;
  /** Ended, and its folder gone. */
  remove(): Promise<void>;
}

/** @returns undefined with a message where a daemon does not start */
export async function startCluster(): Promise<Cluster | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "twotime-slurm-"));
  for (const name of ["munge", "spool", "state"]) mkdirSync(join(folder, name), { mode: 0o700 });
  const at = (name: string) => join(folder, name);
  writeFileSync(at("munge.key"), randomBytes(1024), { mode: 0o400 });
  const [control, node] = [await freePort(), await freePort()];
  const name = hostname().split(".")[0];
  const lines = {
    ClusterName: "one",
    SlurmctldHost: `${name}(127.0.0.1)`,
    SlurmctldPort: control,
    SlurmdPort: node,
    AuthType: "auth/munge",
    AuthInfo: `socket=${at("munge/socket")}`,
    SlurmUser: "root",
    StateSaveLocation: at("state"),
    SlurmdSpoolDir: at("spool"),
    SlurmctldPidFile: at("slurmctld.pid"),
    SlurmdPidFile: at("slurmd.pid"),
    SlurmctldLogFile: at("slurmctld.log"),
    SlurmdLogFile: at("slurmd.log"),
    ProctrackType: "proctrack/pgid",
    TaskPlugin: "task/none",
    SelectType: "select/cons_tres",
    SelectTypeParameters: "CR_CPU",
    NodeName: `${name} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN`,
    PartitionName: `all Nodes=${name} Default=YES State=UP`,
  };
  const config = at("slurm.conf");
  writeFileSync(
    config,
    Object.entries(lines)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(""),
  );
  const environment = { SLURM_CONF: config };
  const ask = (command: string, ...args: string[]) =>
    spawnSync(command, args, { encoding: "utf8", timeout: 10_000, env: { ...process.env, ...environment } });
  const daemon = (command: string, ...args: string[]) =>
    spawn(command, args, { stdio: "ignore", env: { ...process.env, ...environment } });
  const files = ["key", "socket", "pid", "log", "seed"].map((file) =>
    file === "key"
      ? `--key-file=${at("munge.key")}`
      : `--${file === "socket" ? file : `${file}-file`}=${at(`munge/${file}`)}`,
  );
  const daemons = [daemon("/usr/sbin/munged", "--foreground", "--force", ...files)];
  await milliseconds(1_000);
  daemons.push(daemon("/usr/sbin/slurmctld", "-D"), daemon("/usr/sbin/slurmd", "-D", "-N", name));

  async function remove(): Promise<void> {
    for (const child of daemons.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await Promise.race([ended, milliseconds(5_000)]);
      child.kill("SIGKILL");
    }
    rmSync(folder, { recursive: true, force: true });
  }

  for (let look = 0; look < 30; look++) {
    if (/\bidle\b/.test(ask("sinfo", "-h").stdout ?? ""))
      return { environment, jobs: () => ask("squeue", "-h").stdout, remove };
    await milliseconds(500);
  }
  const said = ["slurmctld.log", "slurmd.log"].map((log) =>
    readFileSync(at(log), "utf8").trim().split("\n").pop(),
  );
  console.warn(`skipped: Slurm does not start here (${said.join("; ")})`);
  await remove();
  return undefined;
}

const milliseconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count));
