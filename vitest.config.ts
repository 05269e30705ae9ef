import { defineConfig } from "vitest/config";

// Timings decide no test: these limits only end one that hangs, on the slowest kernels too.
const HANGS = 900_000;
const shared = {
  environment: "node" as const,
  setupFiles: ["test/setup.ts"],
  testTimeout: HANGS,
  hookTimeout: HANGS,
};

export default defineConfig({
  test: {
    // Both cores: by default one is left idle.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.slow.test.ts"],
        },
      },
      {
        test: {
          ...shared,
          name: "slow",
          include: ["test/**/*.slow.test.ts"],
        },
      },
    ],
  },
});
