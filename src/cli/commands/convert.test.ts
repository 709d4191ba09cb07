import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
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
