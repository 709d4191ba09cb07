import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MeterReadingsAnswer } from "#contract/meter-history.ts";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { PATIENCE, PHONE } from "#test/home-screen.ts";
import { dialAt, RoundScreen, WALKED, WALKED_YAML, walkBefore } from "#test/meter-walk.ts";
import { Server } from "#test/server.ts";

const nowMs = Date.now();
/** Others can reach it under a name of its own, so this machine is nobody special. */
const YAML = `${WALKED_YAML}http: { publicHosts: [meters.example] }\n`;

inBrowser()("a walk with a phone that is signed out meanwhile", { timeout: 90_000 }, () => {
  let server: Server;
  let browser: Browser;
  let tab: Tab;
  let round: RoundScreen;

  const token = async (name: string) => {
    const made = await server.command("token", "create", name, "--role", "operator", "--json");
    return JSON.parse(made.out) as { readonly secret: string; readonly token: { readonly id: string } };
  };
  const signIn = async (secret: string) => {
    await tab.page.getByLabel("Token").first().fill(secret);
    await tab.page.getByRole("button", { name: "Sign in" }).tap();
  };
  const readingsOf = async (secret: string) => {
    const path = `/api/v1/meters/house.gas/readings?from=${nowMs - 3_600_000}&to=${nowMs + 86_400_000}`;
    const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${secret}` } });
    return ((await response.json()) as MeterReadingsAnswer).readings.map(({ value }) => value);
  };

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start({ yaml: YAML, mqtt: "embedded:0" }), startBrowser()]);
    tab = await openTab(browser, PHONE);
    round = new RoundScreen(tab.page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  test("keeps what was read, asks to sign in, and sends it then", async () => {
    const [first, second] = [await token("phone"), await token("phone again")];
    await walkBefore(server, nowMs, { token: second.secret, times: 3 });
    const { page } = tab;
    await page.goto(`${server.url}/round`);
    await signIn(first.secret);
    await round.stopsAt(WALKED.gas.name);
    await expect.poll(() => round.evidence(), PATIENCE).toContain("✓ Opens without a connection");

    await page.context().setOffline(true);
    const { value } = dialAt("gas", 0, nowMs);
    await round.type(String(value));
    await round.keep();
    await round.stopsAt(WALKED.water.name);
    expect((await server.command("token", "revoke", first.token.id)).status).toBe(0);
    await page.context().setOffline(false);
    await page.getByText("Sign in with an access token").waitFor();
    expect(await readingsOf(second.secret)).toEqual([]);
    await expect.poll(() => page.evaluate("caches.has('wattkeep-round-answer/')"), PATIENCE).toBe(false);

    await signIn(second.secret);
    await round.stopsAt(WALKED.water.name);
    await expect.poll(() => round.evidence(), PATIENCE).toContain("Nothing waits on this device");
    expect(await readingsOf(second.secret)).toEqual([value]);
  });

  test("another page says that readings wait, and leads to where they are sent", async () => {
    const { page } = tab;
    const alerts = page.getByRole("link", { name: "Alerts", exact: true });
    // Its script is there before the connection is gone.
    await alerts.tap();
    await page.getByRole("region", { name: "Rules" }).waitFor();
    await page.goBack();
    await round.stopsAt(WALKED.water.name);
    await page.context().setOffline(true);
    await round.type(String(dialAt("water", 0, nowMs).value));
    await round.keep();
    await expect.poll(() => round.evidence(), PATIENCE).toContain("1 reading waits on this device");
    await alerts.tap();
    await page.getByText("A reading of the round waits on this device.").waitFor();
    await page.context().setOffline(false);
    await page.getByRole("link", { name: "Send it" }).tap();
    await expect.poll(() => round.evidence(), PATIENCE).toContain("Nothing waits on this device");
    await expect.poll(() => round.state(WALKED.water.name), PATIENCE).toContain("sent");
  });
});
