// Bundles our own code: `node tools/build.mjs` for all, `--server` for the Node half alone.
import { rmSync } from "node:fs";
import { build } from "esbuild";

const serverOnly = process.argv.includes("--server");

await build({
  entryPoints: { wattkeep: "src/cli/wattkeep.ts", "store-worker": "src/store/sqlite/worker.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
});

if (!serverOnly) {
  const { build: buildWeb } = await import("vite");
  rmSync("dist/web", { recursive: true, force: true });
  await buildWeb({ configFile: "vite.config.mjs", logLevel: "warn" });
}
