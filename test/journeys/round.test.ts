import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MeterReadingsAnswer } from "#contract/meter-history.ts";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { CuttingProxy } from "#test/cutting-proxy.ts";
import { PATIENCE, PHONE } from "#test/home-screen.ts";
import { dialAt, RoundScreen, WALKED, WALKED_YAML, type Walked, walkBefore } from "#test/meter-walk.ts";
import { Server } from "#test/server.ts";

const nowMs = Date.now();

inBrowser()("a walk along the meters with a phone that loses its connection", { timeout: 90_000 }, () => {
  let server: Server;
  let browser: Browser;
  let line: CuttingProxy;
  let tab: Tab;
  let round: RoundScreen;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start({ yaml: WALKED_YAML, mqtt: "embedded:0" }), startBrowser()]);
    await walkBefore(server, nowMs);
    line = await CuttingProxy.start(() => Number(new URL(server.url).port));
    tab = await openTab(browser, PHONE);
    round = new RoundScreen(tab.page);
  });
  afterAll(async () => {
    await browser?.close();
    await line?.stop();
    await server?.remove();
  });

  /** What the server has of a meter since the walk began. */
  const arrived = async (id: Walked) => {
    const to = new Date(nowMs + 86_400_000).toISOString();
    const path = `/api/v1/meters/house.${id}/readings?from=${new Date(nowMs - 3_600_000).toISOString()}&to=${to}`;
    return (await server.get<MeterReadingsAnswer>(path)).readings.map(({ value, photo, note }) => ({ value, photo, note }));
  };
  const today = (id: Walked): number => dialAt(id, 0, nowMs).value;

  test("goes from one meter that is due to the next, says what is odd, and sends at once", async () => {
    await tab.page.goto(`http://127.0.0.1:${line.port}/round`);
    await round.stopsAt(WALKED.gas.name);
    expect(await round.headline()).toBe("5 meters to read");
    await expect.poll(() => round.evidence(), PATIENCE).toContain("✓ Opens without a connection");

    await round.type(String(today("gas")).replace(".", ","));
    expect(await round.verdict()).toContain("as expected");
    await round.keep();

    await round.stopsAt(WALKED.water.name);
    await round.type(String(today("water") * 10));
    expect(await round.verdict()).toContain("a digit more than the dial should show: check the digits");
    await round.type(String(Math.round(today("water") + 80)));
    expect(await round.verdict()).toMatch(/^! .* times the usual: check the digits\.$/);
    await round.keep();

    await round.stopsAt(WALKED.flat1.name);
    await round.type(String(today("flat1")));
    await round.keep();
    await round.stopsAt(WALKED.flat2.name);
    await expect.poll(() => round.state(WALKED.flat1.name), PATIENCE).toContain("✓ sent");
    expect(await round.state(WALKED.water.name)).toContain("! sent, unusual");
    expect(await arrived("gas")).toEqual([{ value: today("gas"), photo: null, note: "" }]);
  });

  test("goes on without a connection, and keeps readings and a photo over a reload", async () => {
    await tab.page.context().setOffline(true);
    await tab.page.locator('input[type="file"]').setInputFiles({
      ...{ name: "dial.png", mimeType: "image/png" },
      buffer: await tab.page.getByRole("heading", { level: 1 }).screenshot(),
    });
    await tab.page.locator(".round-thumb").waitFor();
    await tab.page.getByRole("button", { name: "Add a note" }).tap();
    await tab.page.getByRole("textbox", { name: "Note" }).fill("behind the bicycles");
    await round.type(String(today("flat2")));
    await round.keep();
    await round.stopsAt(WALKED.flat3.name);
    await round.type("1");
    expect(await round.verdict()).toContain("Below the last reading");
    await round.type(String(today("flat3")));
    await round.keep();
    await expect.poll(() => round.evidence(), PATIENCE).toContain("2 readings wait on this device");

    await tab.page.reload();
    await expect.poll(() => round.headline(), PATIENCE).toBe("Read 5 of 5, 1 unusual");
    expect(await round.state(WALKED.flat2.name)).toContain("– waiting");
    expect(await round.evidence()).toContain("2 readings wait on this device");
    expect(await arrived("flat2")).toEqual([]);
  });

  test("sends what waited when the connection is back: all of it, once, and the photo", async () => {
    await tab.page.context().setOffline(false);
    await expect.poll(() => round.evidence(), PATIENCE).toContain("Nothing waits on this device");
    expect(await round.state(WALKED.flat2.name)).toContain("✓ sent");
    const [flat2, ...more] = await arrived("flat2");
    expect(more).toEqual([]);
    expect(flat2).toMatchObject({ value: today("flat2"), note: "behind the bicycles" });
    expect(await arrived("flat3")).toEqual([{ value: today("flat3"), photo: null, note: "" }]);
    const photo = await fetch(`${server.url}/api/v1/round/photos/${flat2?.photo}`);
    expect([photo.status, photo.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
    expect([...new Uint8Array(await photo.arrayBuffer()).slice(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  });

  test("nothing is kept twice when the answer of the server got lost", async () => {
    await tab.page.getByRole("button", { name: new RegExp(`^${WALKED.flat1.name}`) }).tap();
    await round.stopsAt(WALKED.flat1.name);
    const value = today("flat1") + 0.3;
    await round.type(String(value));
    const cut = line.loseAndCut("to-client", 700);
    await round.keep();
    await expect.poll(() => arrived("flat1"), PATIENCE).toEqual([{ value, photo: null, note: "" }]);
    expect(await round.evidence()).toContain("1 reading waits on this device");
    await cut;
    await expect.poll(() => round.evidence(), PATIENCE).toContain("Nothing waits on this device");
    expect(await round.state(WALKED.flat1.name)).toContain("sent");
    expect(await arrived("flat1")).toEqual([{ value, photo: null, note: "" }]);
  });

  test("what the server refuses stays with its reason, and is mended", async () => {
    const { page } = tab;
    await page.context().setOffline(true);
    await page.clock.setSystemTime(Date.now() + 3 * 86_400_000);
    await page.reload();
    // For this device the walk of today is long over.
    const stop = page.getByRole("button", { name: new RegExp(`^${WALKED.flat3.name}`) });
    const all = page.getByRole("button", { name: "Read all meters anyway" });
    await stop.or(all).first().waitFor();
    if (await all.isVisible()) await all.tap();
    await stop.tap();
    await round.stopsAt(WALKED.flat3.name);
    await round.type(String(today("flat3") + 0.2));
    await round.keep();
    await page.context().setOffline(false);
    const card = page.getByRole("region", { name: "On this device" });
    await card.getByText(/has not come yet/).waitFor();
    await page.clock.setSystemTime(Date.now());
    await card.getByRole("button", { name: `Send the reading of ${WALKED.flat3.name} again` }).tap();
    await expect.poll(() => round.evidence(), PATIENCE).toContain("Nothing waits on this device");
    expect((await arrived("flat3")).map((reading) => reading.value)).toContain(today("flat3") + 0.2);
  });

  test("only what the page needs is kept on the phone", async () => {
    const kept = await tab.page.evaluate(`caches.keys().then((names) => Promise.all(names.map(async (name) => {
      const requests = await (await caches.open(name)).keys();
      return requests.map(({ url }) => new URL(url).pathname);
    })))`);
    const paths = (kept as string[][]).flat();
    expect(paths.filter((path) => path.startsWith("/api/"))).toEqual(["/api/v1/round"]);
    expect(paths.filter((path) => !/^\/(assets\/.+|api\/v1\/round|round|theme\.js|mark\.svg)$/.test(path))).toEqual([]);
  });
});
