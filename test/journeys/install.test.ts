import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import mqtt from "mqtt";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { freePort } from "#test/free-port.ts";

const PATIENCE = { timeout: 15_000, interval: 50 };
const INSTALL = resolve("deploy/linux/install.sh");
const SENSOR = { Time: "1970-01-01T00:00:41", MT681: { Meter_id: "0a014d53420000c0ffee", E_in: 2_045.1182, E_out: 310.5, Power: 412 } };

/** Without what a person may have set for a server of their own. */
const BARE = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("WATTKEEP_")));

/** The installer, run into a folder of its own in place of the root of a computer, with the program in place. */
function install(root: string, ...words: string[]): string {
  const ran = spawnSync("bash", [INSTALL, "--in-place", "--zone", "Europe/Berlin", ...words], {
    env: { ...BARE, WATTKEEP_ROOT: root, WATTKEEP_NODE: process.execPath },
    encoding: "utf8",
  });
  if (ran.status !== 0) throw new Error(`${ran.stdout}${ran.stderr}`);
  return ran.stdout;
}

inBrowser()("a house after its installer", { timeout: 90_000 }, () => {
  const root = mkdtempSync(join(tmpdir(), "wattkeep-root-"));
  const config = join(root, "etc/wattkeep/wattkeep.yaml");
  let said = "";
  let server: ChildProcess;
  let browser: Browser;
  let tab: Tab;

  beforeAll(async () => {
    const [port, brokerPort] = [await freePort(), await freePort()];
    said = install(root, "--port", String(port), "--broker-port", String(brokerPort), "--reader", "cellar");
    server = spawn(join(root, "usr/local/bin/wattkeep"), ["serve"], { env: { ...BARE, WATTKEEP_LOG: "error" }, stdio: "ignore" });
    await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/healthz`)).ok).toBe(true), PATIENCE);
    browser = await startBrowser();
    tab = await openTab(browser, { viewport: { width: 1180, height: 820 }, hasTouch: true });
  });
  afterAll(async () => {
    await browser?.close();
    if (server !== undefined) {
      const gone = new Promise((done) => server.once("exit", done));
      server.kill("SIGTERM");
      await gone;
    }
    rmSync(root, { recursive: true, force: true });
  });

  const link = (): string => /https?:\/\/\S+#pair=\S+/.exec(said)?.[0] ?? "";
  const main = async (): Promise<string> => (await tab.page.locator("main").first().textContent()) ?? "";
  const commands = (): ReadonlyMap<string, string> =>
    new Map(
      said
        .split("\n")
        .flatMap((line) => (line.includes("Backlog ") ? line.split("Backlog ")[1]?.split("; ") : []) ?? [])
        .map((command) => command.split(" ") as [string, string]),
    );

  test("asks everybody who they are, this computer's neighbours first of all", async () => {
    await tab.page.goto(new URL("/", link()).href);
    await expect.poll(main, PATIENCE).toContain("Sign in with an access token");
    const token = join(root, "etc/wattkeep/admin-token");
    expect(statSync(token).mode & 0o777).toBe(0o600);
    expect(said).not.toContain(readFileSync(token, "utf8").trim());
  });

  test("lets the tablet in that follows the link, once, and the code stays in no address", async () => {
    await tab.page.goto(link());
    await expect.poll(main, PATIENCE).toContain("No readings yet");
    expect(tab.page.url()).not.toContain("pair");
    const second = await openTab(browser);
    await second.page.goto(link());
    await expect.poll(() => second.page.locator("main").first().textContent(), PATIENCE).toContain("pairing-unknown");
    await second.close();
  });

  test("shows the first number of a reader head that was told the printed lines", async () => {
    const told = commands();
    const place = (prefix: string, verb: string): string =>
      `${told
        .get("FullTopic")
        ?.replace("%topic%", told.get("Topic") ?? "")
        .replace("%prefix%", prefix)}${verb}`;
    const login = { username: told.get("MqttUser") ?? "", password: told.get("MqttPassword") ?? "" };
    const address = `mqtt://127.0.0.1:${told.get("MqttPort")}`;
    const head = await mqtt.connectAsync(address, {
      ...login,
      will: { topic: place("tele", "LWT"), payload: Buffer.from("Offline"), qos: 1, retain: true },
    });
    await head.subscribeAsync(place("cmnd", "#"));
    await head.publishAsync(place("tele", "LWT"), "Online", { retain: true });
    await head.publishAsync(place("tele", "SENSOR"), JSON.stringify(SENSOR));
    await tab.page.goto(new URL("/", link()).href);
    await expect.poll(main, PATIENCE).toContain("412");
    await head.endAsync();
    await expect(mqtt.connectAsync(address, { ...login, password: "guess", reconnectPeriod: 0 })).rejects.toThrow();
  });

  test("hands secrets that root alone may read to the command line as to the service, whatever letters they have", () => {
    const secrets = join(root, "etc/wattkeep/secrets.env");
    const check = () => spawnSync(join(root, "usr/local/bin/wattkeep"), ["check", "--config", other], { encoding: "utf8" });
    const other = join(root, "etc/wattkeep/with-secrets.yaml");
    const channel = `{ kind: telegram, botToken: "\${BOT_TOKEN}", chatId: "\${CHAT}" }`;
    writeFileSync(other, `${readFileSync(config, "utf8")}\nalerts: { channels: { phone: ${channel} } }\n`);
    expect(check().stdout + check().stderr).toContain("BOT_TOKEN");
    const rows = ["# for the bot", "", 'BOT_TOKEN="12:$(touch hit)`touch hit` \'x=y"', "CHAT=-4711", "2BAD=x", "NO WAY=x", "alone"];
    writeFileSync(secrets, rows.join("\n"), { mode: 0o600 });
    const checked = check();
    expect(`${checked.stdout}${checked.stderr}`).not.toMatch(/BOT_TOKEN|sh:|touch/);
    expect(checked.status).toBe(0);
    expect(existsSync("hit")).toBe(false);
  });

  test("run again keeps configuration and readings, and removing the program keeps them too", () => {
    const before = readFileSync(config, "utf8");
    expect(before).toContain("Europe/Berlin");
    expect(install(root, "--reader", "attic")).toContain("Keeping the configuration");
    expect(readFileSync(config, "utf8")).toBe(before);
    const unit = readFileSync(join(root, "etc/systemd/system/wattkeep.service"), "utf8");
    expect(
      unit.replaceAll("# A unit for systemd; install.sh fills in the paths. By hand: replace what stands between @ signs.", ""),
    ).not.toContain("@NODE@");
    expect(unit).toContain(`ExecStart=${process.execPath}`);
    const gone = spawnSync("bash", [resolve("deploy/linux/uninstall.sh")], {
      env: { ...BARE, WATTKEEP_ROOT: root },
      encoding: "utf8",
    });
    expect(gone.stdout).toContain("Readings stay");
    expect(existsSync(join(root, "var/lib/wattkeep/wattkeep.db"))).toBe(true);
    expect(existsSync(join(root, "usr/local/bin/wattkeep"))).toBe(false);
    expect(existsSync(resolve("dist/wattkeep.js"))).toBe(true);
  });
});
