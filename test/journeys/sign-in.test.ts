import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findingsOfBoth } from "#test/axe.ts";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { Server } from "#test/server.ts";

/** Others can reach it under a name of its own, so this machine is nobody special. */
const YAML = `
sites:
  home: { zone: Europe/Berlin, currency: EUR }
sources:
  meter: { site: home, dialect: tasmota-sml }
http: { publicHosts: [meters.example] }
`;
const PATIENCE = { timeout: 10_000, interval: 50 };

inBrowser()("a server that others can reach, seen in a browser", { timeout: 90_000 }, () => {
  let server: Server;
  let browser: Browser;
  let tab: Tab;
  let secret = "";

  beforeAll(async () => {
    server = await Server.start({ yaml: YAML, mqtt: "embedded:0" });
    const made = await server.command("token", "create", "wall display", "--role", "viewer", "--json");
    secret = (JSON.parse(made.out) as { secret: string }).secret;
    browser = await startBrowser();
    tab = await openTab(browser);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  const main = async (): Promise<string> => (await tab.page.locator("main").first().textContent()) ?? "";

  test("asks who is there, and tells nothing before", async () => {
    await tab.page.goto(server.url);
    await expect.poll(main, PATIENCE).toContain("Sign in with an access token");
    expect(await findingsOfBoth(tab.page)).toEqual([]);
    expect((await fetch(`${server.url}/api/v1/series`)).status).toBe(401);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    tab.complaints.length = 0;
  });

  test("refuses a token it does not know in words, and takes the right one", async () => {
    await tab.page.getByLabel("Token").first().fill("wk_this-is-no-token-of-ours");
    await tab.page.getByRole("button", { name: "Sign in" }).click();
    await expect.poll(() => tab.page.getByRole("alert").textContent(), PATIENCE).toContain("token-unknown");
    await tab.page.getByLabel("Token").first().fill(secret);
    await tab.page.getByRole("button", { name: "Sign in" }).click();
    await expect.poll(main, PATIENCE).toContain("No readings yet");
  });

  test("knows the browser again after a reload and after a restart, and a viewer is not offered what an operator may", async () => {
    await tab.page.reload();
    await expect.poll(main, PATIENCE).toContain("No readings yet");
    await server.end();
    await server.run();
    await tab.page.goto(`${server.url}/settings`);
    await expect.poll(main, PATIENCE).toContain("you are here as viewer");
    expect(await tab.page.evaluate("document.cookie")).toBe("");
  });

  test("lets the browser go when it signs out, and nowhere has the token been in an address or in what the server printed", async () => {
    await tab.page.getByRole("button", { name: "Sign out" }).click();
    await expect.poll(main, PATIENCE).toContain("Sign in with an access token");
    expect(tab.asked.length).toBeGreaterThan(10);
    expect(tab.asked.filter((address) => address.includes(secret))).toEqual([]);
    expect(server.said).not.toContain(secret);
    expect(await tab.page.evaluate("JSON.stringify([localStorage, sessionStorage])")).not.toContain(secret);
  });
});
