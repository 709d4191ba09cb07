// `npm run errors [-- part …]`: how wrong our methods are, on made-up and real series, beside what others make of them.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { build } from "esbuild";

const PARTS = { readings: "typing-errors", fill: "fill-errors", anomalies: "anomaly-errors" };
const OUT = "node_modules/.cache/wattkeep-errors";

const there = Object.keys(PARTS).filter((part) => existsSync(`bench/${PARTS[part]}.ts`));
const chosen = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const unknown = chosen.filter((part) => !there.includes(part));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}; there are ${there.join(", ")}.`);
  process.exit(2);
}
mkdirSync(OUT, { recursive: true });
await build({
  entryPoints: there.map((part) => `bench/${PARTS[part]}.ts`),
  outdir: OUT,
  outbase: "bench",
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  packages: "external",
  logLevel: "warning",
});
let failed = false;
for (const part of chosen.length > 0 ? chosen : there) {
  console.log(`\n== ${part}`);
  const ended = spawnSync(process.execPath, [`${OUT}/${PARTS[part]}.js`], { stdio: "inherit" });
  failed ||= ended.status !== 0;
}
process.exit(failed ? 1 : 0);
