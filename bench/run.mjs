// `npm run bench [-- part …]`: what we claim about speed, each part in its own process, ratios within one run.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { build } from "esbuild";

const PARTS = ["machine", "store-home", "store-building", "late", "ingest", "memory", "plant", "utilities", "home-page", "page"];
const OUT = "node_modules/.cache/wattkeep-bench";

const chosen = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const unknown = chosen.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}; there are ${PARTS.join(", ")}.`);
  process.exit(2);
}
mkdirSync(OUT, { recursive: true });
await build({
  entryPoints: [
    ...PARTS.map((part) => `bench/${part}.ts`),
    "bench/roles/flood.ts",
    "bench/roles/replay-server.ts",
    "bench/roles/idle-subscriber.ts",
    "bench/roles/wattkeep-subscriber.ts",
    "bench/roles/paced-publisher.ts",
  ],
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
for (const part of chosen.length > 0 ? chosen : PARTS) {
  console.log(`\n== ${part}`);
  const ended = spawnSync(
    process.execPath,
    ["--expose-gc", `${OUT}/${part}.js`, ...process.argv.slice(2).filter((word) => word.startsWith("--"))],
    { stdio: "inherit" },
  );
  failed ||= ended.status !== 0;
}
process.exit(failed ? 1 : 0);
