import { defineConfig } from "vitest/config";

const shared = { environment: "node" as const, setupFiles: ["test/setup.ts"] };

// Timings decide no test: these limits only end one that hangs. The plain kernels take their time.
const slowdown = process.env.TWOTIME_KERNELS === "plain" ? 5 : 1;
const within = (seconds: number) => ({
  testTimeout: 1000 * seconds * slowdown,
  hookTimeout: 1000 * seconds * slowdown,
});

export default defineConfig({
  test: {
    // Both cores: by default one is left idle.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          ...within(60),
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.slow.test.ts"],
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
