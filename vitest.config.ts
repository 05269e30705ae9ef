import { defineConfig } from "vitest/config";

const shared = { environment: "node" as const, setupFiles: ["test/setup.ts"] };

// Timings decide no test: these limits only end one that hangs. The plain kernels take their time.
const slowdown = process.env.TWOTIME_KERNELS === "plain" ? 5 : 1;
const within = (seconds: number) => ({
  testTimeout: 1000 * seconds * slowdown,
  hookTimeout: 1000 * seconds * slowdown,
});

/** Fast tests that change what all modules share; the others share a process, and test/setup.ts sees to it. */
const ALONE = ["test/kernels/fallback.test.ts"];

export default defineConfig({
  test: {
    // Both cores: by default one is left idle.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          ...within(180),
          name: "fast",
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.slow.test.ts", ...ALONE],
        },
      },
      {
        test: {
          ...shared,
          ...within(180),
          name: "fast-alone",
          include: ALONE,
        },
      },
      {
        test: {
          ...shared,
          ...within(600),
          name: "slow",
          include: ["test/**/*.slow.test.ts"],
        },
      },
    ],
  },
});
