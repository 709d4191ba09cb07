// Builds parts of the bench and runs each in its own process.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { build } from "esbuild";

/**
 * Runs the parts named on the command line, all of them where none is, and ends this process.
 * `files` has the file of each part; `beside` are programs they start, `node` are options of Node; what begins with -- is said to every part.
 */
export async function runParts(files, { out, beside = [], node = [] }) {
  const parts = Object.keys(files);
  const words = process.argv.slice(2);
  const flags = words.filter((word) => word.startsWith("--"));
  const chosen = words.filter((word) => !word.startsWith("--"));
  const unknown = chosen.filter((part) => !parts.includes(part));
  if (unknown.length > 0) {
    console.error(`There is no part ${unknown.join(", ")}; there are ${parts.join(", ")}.`);
    process.exit(2);
  }
  mkdirSync(out, { recursive: true });
  await build({
    entryPoints: [...Object.values(files), ...beside].map((file) => `bench/${file}.ts`),
    outdir: out,
    outbase: "bench",
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    packages: "external",
    logLevel: "warning",
  });
  let failed = false;
  for (const part of chosen.length > 0 ? chosen : parts) {
    console.log(`\n== ${part}`);
    const ended = spawnSync(process.execPath, [...node, `${out}/${files[part]}.js`, ...flags], { stdio: "inherit" });
    failed ||= ended.status !== 0;
  }
  process.exit(failed ? 1 : 0);
}
