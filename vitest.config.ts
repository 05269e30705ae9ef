import { defineConfig } from "vitest/config";

const shared = { environment: "node" as const, setupFiles: ["test/setup.ts"] };

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
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: "slow",
          include: ["test/**/*.slow.test.ts"],
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});
