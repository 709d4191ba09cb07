import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Tests that start the worker or the whole server run what a person runs: the bundle, and the pages of this moment's source. */
export function setup(): void {
  const words = pagesAreNew() ? ["tools/build.mjs", "--server"] : ["tools/build.mjs"];
  execFileSync(process.execPath, words, { stdio: "inherit", env: { ...process.env, NODE_ENV: "production" } });
}

/** What the pages are made of. */
const SOURCES = ["web", "src/contract", "src/units", "vite.config.mjs", "package-lock.json"];

function pagesAreNew(): boolean {
  const builtMs = statSync("dist/web/index.html", { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return SOURCES.flatMap(filesOf).every((file) => statSync(file).mtimeMs < builtMs);
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" }).map((name) => join(path, name));
}
