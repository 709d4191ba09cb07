import { execFileSync } from "node:child_process";

/** Tests that start the worker or the whole server run what a person runs: the bundle. */
export function setup(): void {
  execFileSync(process.execPath, ["tools/build.mjs", "--server"], { stdio: "inherit" });
}
