import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { launcher, twotime } from "./spawn";

it("play serves the page to this machine until Ctrl-C, and nothing else", async () => {
  const child = spawn(process.execPath, [launcher, "play", "--no-open"]);
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", resolve);
  });
  const address = await new Promise<string>((resolve) => {
    child.stdout.on("data", (piece) => resolve(String(piece).trim()));
  });
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const page = await fetch(address);
  expect(page.headers.get("content-type")).toMatch(/^text\/html/);
  const text = await page.text();
  const [, script] = text.match(/<script defer src="\.\/(assets\/[^"]+\.js)">/)!;
  expect((await fetch(address + script)).headers.get("content-type")).toMatch(/^text\/javascript/);
  expect((await fetch(`${address}%2e%2e/cli.js`)).status).toBe(404);
  expect((await fetch(address, { method: "POST" })).status).toBe(405);
  child.kill("SIGINT");
  expect(await ended).toBe(0);
});

it("play refuses a port that is none, and one that is taken", async () => {
  const none = await twotime(["play", "--no-open", "--port", "70000"]);
  expect([none.status, none.stderr]).toEqual([2, expect.stringContaining("at most 65535")]);
  const other = createServer();
  await new Promise<void>((resolve) => {
    other.listen(0, "127.0.0.1", resolve);
  });
  const { port } = other.address() as AddressInfo;
  const taken = await twotime(["play", "--no-open", "--port", String(port)]);
  expect([taken.status, taken.stderr]).toEqual([2, expect.stringContaining("a port that is free")]);
  other.close();
});
