// Bundles our own code: `node tools/build.mjs` for all, `--server` for the Node half alone.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
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
  await compressAll("dist/web/assets");
}

/** Compressed once here, and not again for every browser that was never there. */
async function compressAll(folder) {
  const files = readdirSync(folder).filter((name) => /\.(js|css|svg)$/.test(name));
  await Promise.all(
    files.map(async (name) => {
      const file = join(folder, name);
      const plain = readFileSync(file);
      const [br, gz] = await Promise.all([
        promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
        promisify(gzip)(plain, { level: 9 }),
      ]);
      if (br.length < plain.length) writeFileSync(`${file}.br`, br);
      if (gz.length < plain.length) writeFileSync(`${file}.gz`, gz);
    }),
  );
}
