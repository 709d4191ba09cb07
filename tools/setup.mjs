// All set-up a fresh clone needs before it can run or be tested: dependencies, and a build no older than its sources.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const SOURCES = ["src", "web", "tools/build.mjs", "vite.config.mjs", "package-lock.json"];
const STAMP = join(ROOT, "node_modules", ".wattkeep-setup");

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function run(what, command, args) {
  console.log(`wattkeep: ${what} …`);
  const startedMs = Date.now();
  // npm is a script on Windows, which only a shell can start.
  const done = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
    encoding: "utf8",
  });
  if (done.status !== 0) {
    console.error(`${done.stdout ?? ""}${done.stderr ?? ""}`);
    console.error(`wattkeep: ${what} failed. The lines above say why; mend that and run the same command again.`);
    process.exit(1);
  }
  console.log(`wattkeep: ${what} took ${((Date.now() - startedMs) / 1000).toFixed(0)} s`);
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`wattkeep: Node.js 20.19 or newer is needed, this is ${process.versions.node}. See https://nodejs.org`);
  process.exit(1);
}

function installed() {
  const lock = readFileSync(join(ROOT, "package-lock.json"), "utf8");
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === lock;
}

/** Installs and builds what is missing or old; says what it does and does nothing when all is there. */
export function setUp() {
  checkNode();
  if (!installed()) {
    run("installing dependencies", "npm", ["ci", "--no-audit", "--no-fund"]);
    writeFileSync(STAMP, readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  }
  const built = join(ROOT, "dist", "web", "index.html");
  if (!existsSync(built) || SOURCES.some((path) => newest(join(ROOT, path)) > statSync(built).mtimeMs)) {
    run("building", process.execPath, ["tools/build.mjs"]);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();
