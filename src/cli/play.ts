import { spawn } from "node:child_process";
import { EXIT } from "./failure";
import { abortOnInterrupt } from "./interrupt";

export interface PlayFlags {
  readonly port?: number;
  readonly open: boolean;
}

/** What opens an address in the browser, by platform. */
const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ["open"],
  win32: ["explorer"],
};

/** Does what `twotime play` says, until Ctrl-C. @returns the exit status. @throws Error where the page is not built */
export async function play({ port, open }: PlayFlags): Promise<number> {
  const { pageFolder, servePage } = await import("../run/serve-page");
  const page = await servePage(pageFolder(), port);
  process.stdout.write(`${page.address}\n`);
  process.stderr.write("the playground is served to this machine; Ctrl-C ends it\n");
  if (open) openInBrowser(page.address);
  const signal = abortOnInterrupt();
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  await page.close();
  return EXIT.done;
}

/** Without a browser there is still the address. */
function openInBrowser(address: string): void {
  const [command, ...words] = OPENERS[process.platform] ?? ["xdg-open"];
  const child = spawn(command, [...words, address], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}
