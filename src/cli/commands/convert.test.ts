import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadConfig } from "#config/load.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { convertCommand } from "./convert.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-convert-"));
  writeFileSync(join(folder, "config.py"), 'SERVER_URL = "192.168.2.5"\nFLASK_PORT = 5008\n');
  writeFileSync(join(folder, "values.py"), 'TELEGRAM_API_TOKEN = "12:canary"\nTELEGRAM_CHAT_ID = "-4711"\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function convert(...words: string[]): Promise<void> {
  const program = new Command().exitOverride();
  convertCommand(program);
  await program.parseAsync(["convert", "config", "tasmota", folder, ...words], { from: "user" });
}

it("writes a configuration that is good, with its secrets beside it for its owner alone, and never over what is there", async () => {
  const out = join(folder, "wattkeep.yaml");
  await convert("--out", out, "--zone", "Europe/Berlin");
  const secrets = join(folder, "secrets", "tasmota.env");
  if (process.platform !== "win32") expect(statSync(secrets).mode & 0o777).toBe(0o600);
  expect(readFileSync(out, "utf8")).not.toContain("canary");
  const { config, problems, warnings } = loadConfig({ file: out, cwd: folder, env: {}, dialects: DIALECTS });
  expect([problems, warnings]).toEqual([undefined, []]);
  expect(config?.alerts.channels).toMatchObject([{ kind: "telegram", chatId: "-4711" }]);
  await expect(convert("--out", out)).rejects.toThrow("is there already");
  writeFileSync(secrets, "OTHER=1\n");
  await expect(convert("--out", join(folder, "other.yaml"))).rejects.toThrow("says something else");
  expect(existsSync(join(folder, "other.yaml"))).toBe(false);
});

it("says what it does not find, and what it does not understand", async () => {
  await expect(convert("--zone", "Europe/Belin")).rejects.toThrow('"Europe/Belin" is not a time zone');
  const program = new Command().exitOverride();
  convertCommand(program);
  await expect(program.parseAsync(["convert", "config", "tasmota", join(folder, "none")], { from: "user" })).rejects.toThrow(
    "There is no config.py",
  );
});

it("writes one out of the files of Utility Meter Analytics, with its secrets beside it", async () => {
  const old = join(folder, "utility");
  mkdirSync(join(old, "secrets"), { recursive: true });
  writeFileSync(join(old, "config.yaml"), "influxdb: { url: 'http://nas:8086' }\nworkflows: {}\ngas_conversion: {}\n");
  writeFileSync(join(old, "meters.yaml"), "meters: [{ meter_id: gas, type: physical, output_unit: m³ }]\n");
  writeFileSync(join(old, "secrets", "influxdb.env"), "INFLUX_TOKEN=canary\nINFLUX_ORG=home\n", { mode: 0o600 });
  const out = join(folder, "new", "wattkeep.yaml");
  mkdirSync(join(folder, "new"));
  const program = new Command().exitOverride();
  convertCommand(program);
  await program.parseAsync(["convert", "config", "utility", old, "--out", out, "--zone", "Europe/Berlin"], { from: "user" });
  expect(readFileSync(out, "utf8")).not.toContain("canary");
  const { config, problems, warnings } = loadConfig({ file: out, cwd: folder, env: {}, dialects: DIALECTS });
  expect([problems, warnings]).toEqual([undefined, []]);
  expect(config?.meters).toMatchObject([{ meter: "gas", unit: "m³" }]);
  expect(config?.outlets.influx?.address).toMatchObject({ url: "http://nas:8086", org: "home" });
  await expect(program.parseAsync(["convert", "config", "utility", join(folder, "none")], { from: "user" })).rejects.toThrow(
    "holds no config.yaml, meters.yaml or seasonal_patterns.yaml",
  );
});

it("writes one out of a config.yaml of Niagara Copilot Edge, with its password beside it", async () => {
  const old = join(folder, "niagara");
  mkdirSync(old);
  writeFileSync(
    join(old, "config.yaml"),
    "site_name: Shop\ndata_source: { type: niagara_csv_export, niagara_csv_export: { host: box, ord_path: 'file:^historyExports/Shop', username: reader } }\nmqtt: { host: box }\n",
  );
  writeFileSync(join(old, ".env"), "NIAGARA_PASSWORD=canary\n", { mode: 0o600 });
  const out = join(folder, "newer", "wattkeep.yaml");
  mkdirSync(join(folder, "newer"));
  const program = new Command().exitOverride();
  convertCommand(program);
  const words = ["convert", "config", "niagara", join(old, "config.yaml"), "--out", out, "--zone", "America/Phoenix", "--currency", "USD"];
  await program.parseAsync(words, { from: "user" });
  expect(readFileSync(out, "utf8")).not.toContain("canary");
  const { config, problems, warnings } = loadConfig({ file: out, cwd: folder, env: {}, dialects: DIALECTS });
  expect([problems, warnings]).toEqual([undefined, []]);
  expect(config?.sources.map(({ name }) => name)).toEqual(["histories", "exports"]);
  expect(config?.sources[1]?.niagara?.password?.reveal()).toBe("canary");
  expect(config?.http.listen).toEqual({ host: "127.0.0.1", port: 8000 });
  const strange = new Command().exitOverride();
  convertCommand(strange);
  await expect(strange.parseAsync(["convert", "config", "niagara", out], { from: "user" })).rejects.toThrow("it has no site_name");
});
