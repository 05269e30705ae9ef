import { spawnSync } from "node:child_process";

const run = (command: string, args: readonly string[]) =>
  spawnSync(command, args, { encoding: "utf8", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });

/**
 * Whether a program is there, if need be after its package of Debian has been installed. Where that is impossible it says
 * why, once and clearly; what needs the program is skipped then.
 * @param probe what ends with status 0 where it is
 */
export function haveProgram(
  probe: readonly [command: string, ...args: string[]],
  ...packages: string[]
): boolean {
  const [command, ...args] = probe;
  const isThere = () => run(command, args).status === 0;
  if (isThere()) return true;
  // `apt-get install` alone would take old lists, or none.
  run("apt-get", ["update", "-q"]);
  const { stderr, error } = run("apt-get", ["install", "-yq", "--no-install-recommends", ...packages]);
  if (isThere()) return true;
  const reason = error?.message ?? stderr.trim().split("\n").pop();
  console.warn(`skipped: ${packages.join(" and ")} cannot be installed here (${reason})`);
  return false;
}
