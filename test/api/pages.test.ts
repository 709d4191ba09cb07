import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { get, type House, openHouse } from "./house.ts";

const INDEX =
  '<!doctype html><html><head><title>Pages</title><script type="module" src="./assets/index-A1b2C3d4.js"></script></head><body></body></html>';
const TWIN = brotliCompressSync("let twin;");
let folder: string;
let house: House;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-web-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), INDEX);
  writeFileSync(join(folder, "theme.js"), "1");
  writeFileSync(join(folder, "service-worker.js"), "2");
  writeFileSync(join(folder, "assets", "index-A1b2C3d4.js"), `${"let x;".repeat(1_000)}`);
  writeFileSync(join(folder, "assets", "index-A1b2C3d4.js.map"), "{}");
  writeFileSync(join(folder, "assets", "twin-A1b2C3d4.js"), "let twin;");
  writeFileSync(join(folder, "assets", "twin-A1b2C3d4.js.br"), TWIN);
  writeFileSync(join(folder, ".secret"), "no");
  symlinkSync("/etc", join(folder, "outside"));
  house = await openHouse({ webFolder: folder, loopbackOpen: false, basePath: "/energy" });
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("pages", () => {
  test.each(["/", "/index.html", "/live", "/sites/plant/points/main", "/energy", "/energy/", "/energy/explorer?series=a"])(
    "%s is the page, asked for anew each time",
    async (url) => {
      const answer = await get(house, url);
      expect({ status: answer.status, type: answer.headers["content-type"], cache: answer.headers["cache-control"] }).toEqual({
        status: 200,
        type: "text/html; charset=utf-8",
        cache: "no-cache",
      });
      expect(answer.text).toContain('<head><base href="/energy/"><title>');
    },
  );

  test("a file with a hash in its name is kept for ever, any other is asked for anew", async () => {
    for (const prefix of ["", "/energy"]) {
      const hashed = await get(house, `${prefix}/assets/index-A1b2C3d4.js`);
      expect(hashed.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      expect(hashed.headers["content-type"]).toContain("javascript");
    }
    expect((await get(house, "/theme.js")).headers["cache-control"]).toBe("no-cache");
  });

  test("the service worker stands beside the page, is asked for anew, and may be started by it", async () => {
    for (const prefix of ["", "/energy"]) {
      const { status, headers } = await get(house, `${prefix}/service-worker.js`);
      expect([status, headers["cache-control"]]).toEqual([200, "no-cache"]);
      expect(headers["content-type"]).toContain("javascript");
      expect(headers["content-security-policy"]).toMatch(/worker-src 'self'.*/);
    }
  });

  test.each([
    "/assets/gone-A1b2C3d4.js",
    "/assets/index-A1b2C3d4.js.map",
    "/assets/twin-A1b2C3d4.js.br",
    "/.secret",
    "/outside/passwd.txt",
    "/outside/hosts.d/x.conf",
    "/%2e%2e/%2e%2e/etc/hosts.conf",
    "/api/v2/sites",
    "/api",
    "/metrics/x",
  ])("%s is nothing, in JSON", async (url) => {
    const answer = await get(house, url);
    expect({ status: answer.status, code: answer.json().error.code }).toEqual({ status: 404, code: "not-found" });
  });

  test("nobody need sign in for the pages, since signing in is one of them", async () => {
    expect((await get(house, "/", { "x-forwarded-for": "203.0.113.1" })).status).toBe(200);
    expect((await get(house, "/api/v1/sites", { "x-forwarded-for": "203.0.113.1" })).status).toBe(401);
  });

  test("large answers are compressed where the reader can read that, small ones are not", async () => {
    const large = await get(house, "/assets/index-A1b2C3d4.js", { "accept-encoding": "br" });
    expect(large.headers["content-encoding"]).toBe("br");
    expect((await get(house, "/healthz", { "accept-encoding": "br" })).headers["content-encoding"]).toBeUndefined();
  });

  test("a file with a compressed twin is sent as that, with the type and the life of itself", async () => {
    const twin = await get(house, "/assets/twin-A1b2C3d4.js", { "accept-encoding": "br" });
    expect(twin.headers).toMatchObject({ "content-encoding": "br", "cache-control": "public, max-age=31536000, immutable" });
    expect(twin.headers["content-length"]).toBe(String(TWIN.length));
    expect(twin.headers["vary"]).toMatch(/accept-encoding/i);
    expect(twin.headers["content-type"]).toContain("javascript");
    const plain = await get(house, "/assets/twin-A1b2C3d4.js");
    expect([plain.headers["content-encoding"], plain.text]).toEqual([undefined, "let twin;"]);
  });
});
