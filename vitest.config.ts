import { defineConfig } from "vitest/config";

// Tests live in a zone with daylight saving that is neither UTC nor the examples' own.
process.env["TZ"] = "America/St_Johns";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "web/**/*.test.ts"],
    globalSetup: ["test/build-worker.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
