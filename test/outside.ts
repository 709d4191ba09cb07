import { spawnSync } from "node:child_process";
import { describe } from "vitest";

/**
 * `describe` for tests that need programs of the machine: skipped with a printed reason where one is missing,
 * failed where WATTKEEP_REQUIRE names it, so that no build is green because nothing ran.
 */
export function outside(...programs: readonly string[]): typeof describe | typeof describe.skip {
  const missing = programs.filter((program) => !isInstalled(program));
  const required = (process.env["WATTKEEP_REQUIRE"] ?? "").split(",").map((name) => name.trim());
  for (const program of missing) {
    if (required.includes(program)) throw new Error(`WATTKEEP_REQUIRE names ${program}, but it is not installed.`);
    console.info(`Not tested here: ${program} is not installed. Install it, or set WATTKEEP_REQUIRE=${program} to fail instead.`);
  }
  return missing.length === 0 ? describe : describe.skip;
}

function isInstalled(program: string): boolean {
  const found = spawnSync(program, ["-h"], { stdio: "ignore", timeout: 10_000 });
  return found.error === undefined || (found.error as NodeJS.ErrnoException).code !== "ENOENT";
}
