import { connectAsync, type MqttClient } from "mqtt";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AlertRulesAnswer, AlertsAnswer } from "#contract/alerts.ts";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { FakeHttpServer } from "#test/fakes/http-server.ts";
import { Server } from "#test/server.ts";

const PATIENCE = { timeout: 30_000, interval: 100 };

const yaml = (hookUrl: string) => `
sites:
  home: { name: Birkenweg 4, zone: Europe/Berlin, currency: EUR }
sources:
  meter: { site: home, dialect: tasmota-sml }
alerts:
  checkSeconds: 1
  channels:
    hook: { kind: webhook, url: "${hookUrl}/told" }
`;

inBrowser()("a rule that is made on the page, from its first look to the history", { timeout: 120_000 }, () => {
  let hook: FakeHttpServer;
  let server: Server;
  let meter: MqttClient;
  let browser: Browser;
  let tab: Tab;
  let powerW = 400;
  let saying: ReturnType<typeof setInterval>;

  beforeAll(async () => {
    hook = await FakeHttpServer.start();
    hook.say(204, "");
    server = await Server.start({ yaml: yaml(hook.url), mqtt: "embedded:0" });
    meter = await connectAsync(`mqtt://127.0.0.1:${server.brokerPort}`);
    const say = () =>
      meter.publish(
        "tele/house/SENSOR",
        JSON.stringify({ Time: new Date().toISOString().slice(0, 19), MT681: { E_in: 2045.13, Power: powerW } }),
      );
    saying = setInterval(say, 500);
    say();
    browser = await startBrowser();
    tab = await openTab(browser);
  });
  afterAll(async () => {
    clearInterval(saying);
    await browser?.close();
    await meter?.endAsync();
    await server?.remove();
    await hook?.stop();
  });

  const sentence = () => tab.page.locator("h1").first().textContent();
  const button = (name: string | RegExp) => tab.page.getByRole("button", { name });
  const alerts = () => server.get<AlertsAnswer>("/api/v1/alerts");
  const ruleNames = async () => (await server.get<AlertRulesAnswer>("/api/v1/alerts/rules")).rules.map(({ rule }) => rule.name);

  test("watches a series that was found by typing, and says what it saw", async () => {
    await tab.page.goto(`${server.url}/alerts`);
    await expect.poll(sentence, PATIENCE).toContain("All quiet.");
    await expect.poll(async () => (await server.get<{ series: unknown[] }>("/api/v1/series")).series.length, PATIENCE).toBeGreaterThan(0);
    await button("New rule").click();
    await tab.page.getByLabel("Tell me when").selectOption({ label: "A value passes a limit" });
    await tab.page.getByRole("combobox", { name: "Series" }).fill("power");
    await tab.page.getByRole("option", { name: /MT681/ }).first().click();
    await button("Watch it").click();
    await expect.poll(() => tab.page.getByText("Say above what, below what, or both.").count(), PATIENCE).toBe(1);
    await tab.page.getByLabel("Above, W").fill("3000");
    await button("Watch it").click();
    await expect.poll(ruleNames, PATIENCE).toContain("MT681 (house), power above 3000 W");
    const row = tab.page.getByRole("row", { name: /above 3000 W/ });
    await expect.poll(() => row.textContent(), PATIENCE).toMatch(/✓ quiet.*400.W/);
  });

  test("tells of the value that passed the limit: on the page, beside its name, and through the channel", async () => {
    powerW = 4200;
    await expect.poll(sentence, PATIENCE).toContain("4,200 W");
    const link = tab.page.getByRole("link", { name: /^Alerts/ }).first();
    await expect.poll(() => link.textContent(), PATIENCE).toContain("1 alert lasts");
    await expect.poll(() => hook.asked.map(({ body }) => body).join("\n"), PATIENCE).toContain("4,200 W");
  });

  test("an acknowledgement can be taken back, and a muted rule says so", async () => {
    await button(/^Acknowledge:/).click();
    await expect.poll(async () => (await alerts()).active[0]?.acknowledged?.who, PATIENCE).toBeTruthy();
    await button("Undo").last().click();
    await expect.poll(async () => (await alerts()).active[0]?.acknowledged, PATIENCE).toBeNull();
    await button(/^Mute MT681/)
      .last()
      .click();
    await tab.page.getByRole("menuitem", { name: "For 8 hours" }).click();
    await expect.poll(() => tab.page.getByText(/– muted until/).count(), PATIENCE).toBe(1);
  });

  test("what is over goes into the history, and a rule that was deleted comes back", async () => {
    powerW = 300;
    await expect.poll(sentence, PATIENCE).toContain("All quiet.");
    await expect.poll(() => tab.page.getByRole("region", { name: "History" }).textContent(), PATIENCE).toContain("4,200 W");
    await button(/^Delete MT681/).click();
    await expect.poll(ruleNames, PATIENCE).not.toContain("MT681 (house), power above 3000 W");
    await button("Undo").last().click();
    await expect.poll(ruleNames, PATIENCE).toContain("MT681 (house), power above 3000 W");
  });

  test("the button of a channel sends a real message and says what came of it", async () => {
    const before = hook.asked.length;
    await button("Test hook").click();
    await expect.poll(() => tab.page.getByRole("region", { name: "Channels" }).getByRole("status").textContent(), PATIENCE).toContain("✓");
    expect(hook.asked.length).toBeGreaterThan(before);
    expect(tab.complaints).toEqual([]);
  });
});
