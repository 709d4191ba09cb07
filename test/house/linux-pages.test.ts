import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const COMMON = resolve("deploy/linux/common.sh");

/** Where the scripts for Linux ask whether the server answers. */
function asked(yaml: string): string {
  const folder = mkdtempSync(join(tmpdir(), "wattkeep pages-"));
  const config = join(folder, "wattkeep.yaml");
  writeFileSync(config, yaml);
  const script = `set -euo pipefail; . "$1"; CONFIG="$2"; address_of_pages 8080`;
  const { stdout } = spawnSync("bash", ["-c", script, "bash", COMMON, config], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return stdout.trim();
}

test.each([
  ["data: /x", "127.0.0.1:8080"],
  ['http: { listen: "0.0.0.0:8081" }\nbroker: { listen: "0.0.0.0:1883" }', "127.0.0.1:8081"],
  ["http: { publicHosts: [a.example], listen: '[::]:8082' }", "127.0.0.1:8082"],
  ['sites:\n  a: { listen: "x:1" }\nhttp:\n  # the LAN\n  listen: 192.168.1.5:9090\n  publicHosts: [a]', "192.168.1.5:9090"],
  ["http:\n  listen: 9191 # all", "127.0.0.1:9191"],
])("an update asks where the configuration lets the server listen: %s", (yaml, address) => {
  expect(asked(yaml)).toBe(address);
});
