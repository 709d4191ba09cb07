import { type AddressInfo, connect } from "node:net";
import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { append, DAY_MS, get, type House, openHouse, POWER, T0 } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => house.close());

const columns = `/api/v1/columns?series=${POWER}&from=${T0}&to=${T0 + DAY_MS}`;
const json = { "content-type": "application/json" };

interface Attack {
  readonly name: string;
  readonly ask: InjectOptions;
  readonly status: number;
  readonly code: string;
}

const attack = (name: string, ask: InjectOptions, [status, code]: [number, string]): Attack => ({ name, ask, status, code });

const ATTACKS: readonly Attack[] = [
  attack("another Host (DNS rebinding)", { url: "/api/v1/sites", headers: { host: "evil.example" } }, [403, "host-not-allowed"]),
  attack("a Host that only begins like ours", { url: "/api/v1/sites", headers: { host: "localhost.evil.example" } }, [
    403,
    "host-not-allowed",
  ]),
  attack("the address of another machine as Host", { url: "/api/v1/sites", headers: { host: "192.168.1.5" } }, [403, "host-not-allowed"]),
  attack("a page of another Origin", { url: "/api/v1/sites", headers: { origin: "https://evil.example" } }, [403, "origin-not-allowed"]),
  attack("a page without origin (a sandboxed frame)", { url: "/api/v1/sites", headers: { origin: "null" } }, [403, "origin-not-allowed"]),
  attack("a page of another port of this machine", { url: "/api/v1/sites", headers: { origin: "http://localhost:3000" } }, [
    403,
    "origin-not-allowed",
  ]),
  attack("a picture on another site", { url: "/api/v1/sites", headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" } }, [
    403,
    "cross-site",
  ]),
  attack("a page of another site that is alive or not", { url: "/healthz", headers: { host: "evil.example" } }, [403, "host-not-allowed"]),
  attack(
    "a form of another site",
    { method: "POST", url: "/api/v1/tokens", headers: { origin: "https://evil.example", ...json }, payload: "{}" },
    [403, "origin-not-allowed"],
  ),
  attack(
    "a form's own way of sending",
    { method: "POST", url: "/api/v1/tokens", headers: { "content-type": "application/x-www-form-urlencoded" }, payload: "name=x" },
    [415, "unsupported-media"],
  ),
  attack(
    "JSON said to be text",
    { method: "POST", url: "/api/v1/tokens", headers: { "content-type": "text/plain" }, payload: '{"name":"x","role":"admin"}' },
    [415, "unsupported-media"],
  ),
  attack("a path out of the folder", { url: "/../../etc/passwd" }, [404, "not-found"]),
  attack("the same, escaped", { url: "/%2e%2e/%2e%2e/etc/passwd" }, [404, "not-found"]),
  attack("the same, with backslashes", { url: "/..%5c..%5cwindows%5cwin.ini" }, [404, "not-found"]),
  attack("a broken escape", { url: "/%zz" }, [400, "bad-request"]),
  attack("a NUL in the address", { url: "/%00" }, [404, "not-found"]),
  attack("a giant address", { url: `/api/v1/series?q=${"x".repeat(40_000)}` }, [414, "url-too-long"]),
  attack("a giant word", { url: `/api/v1/series?q=${"x".repeat(1_000)}` }, [400, "bad-request"]),
  attack(
    "a giant body",
    { method: "POST", url: "/api/v1/tokens", headers: json, payload: JSON.stringify({ name: "x".repeat(1_100_000) }) },
    [413, "body-too-large"],
  ),
  attack(
    "a prototype in a body",
    { method: "POST", url: "/api/v1/tokens", headers: json, payload: '{"__proto__":{"role":"admin"},"name":"x","role":"viewer"}' },
    [400, "bad-request"],
  ),
  attack(
    "a constructor in a body",
    { method: "POST", url: "/api/v1/tokens", headers: json, payload: '{"constructor":{"prototype":{"x":1}},"name":"x","role":"viewer"}' },
    [400, "bad-request"],
  ),
  attack(
    "fields nobody asked for",
    { method: "PATCH", url: "/api/v1/sites/plant", headers: json, payload: '{"name":"x","role":"admin"}' },
    [400, "bad-request"],
  ),
  attack("a body of the wrong type", { method: "POST", url: "/api/v1/rejects/redrive", headers: json, payload: '{"ids":"all"}' }, [
    400,
    "bad-request",
  ]),
  attack("a body that is cut off", { method: "POST", url: "/api/v1/tokens", headers: json, payload: '{"name":' }, [400, "bad-request"]),
  attack(
    "a body of 100,000 levels",
    { method: "POST", url: "/api/v1/tokens", headers: json, payload: `${"[".repeat(100_000)}${"]".repeat(100_000)}` },
    [400, "bad-request"],
  ),
  attack("no body", { method: "POST", url: "/api/v1/tokens", headers: json }, [400, "bad-request"]),
  attack("a control character in a name", { method: "PATCH", url: "/api/v1/sites/plant", headers: json, payload: '{"name":"a\\u0000b"}' }, [
    400,
    "bad-request",
  ]),
  attack("an empty name", { method: "PATCH", url: "/api/v1/sites/plant", headers: json, payload: '{"name":"   "}' }, [400, "bad-request"]),
  attack("a series that is a prototype", { url: "/api/v1/columns?series=__proto__&from=0&to=1" }, [404, "unknown-series"]),
  attack("SQL in a series", { url: `/api/v1/latest?series=${encodeURIComponent("x'; DROP TABLE series;--")}` }, [404, "unknown-series"]),
  attack(
    "a point that is a prototype",
    { method: "PATCH", url: "/api/v1/points/plant/constructor", headers: json, payload: '{"name":"x"}' },
    [404, "unknown-point"],
  ),
  attack("a range that ends before it begins", { url: `/api/v1/columns?series=${POWER}&from=2&to=1` }, [400, "bad-range"]),
  attack("an empty range", { url: `/api/v1/columns?series=${POWER}&from=1&to=1` }, [400, "bad-range"]),
  attack("a time without offset", { url: `/api/v1/columns?series=${POWER}&from=2026-01-01T00:00:00&to=2` }, [400, "bad-request"]),
  attack("a time that no clock shows", { url: `/api/v1/columns?series=${POWER}&from=2026-99-99T00:00:00Z&to=2` }, [400, "bad-request"]),
  attack("a time beyond time", { url: `/api/v1/columns?series=${POWER}&from=0&to=99999999999999999` }, [400, "bad-request"]),
  attack("a billion points", { url: `${columns}&points=1000000000` }, [400, "bad-request"]),
  attack("half a point", { url: `${columns}&points=2.5` }, [400, "bad-request"]),
  attack("points that are words", { url: `${columns}&points=many` }, [400, "bad-request"]),
  attack("more series than fit", { url: `${columns}${"&series=a".repeat(300)}` }, [422, "too-many-series"]),
  attack("a choice that is neither", { url: `${columns}&raw=maybe` }, [400, "bad-request"]),
  attack("a site that is not there", { url: "/api/v1/points?site=nowhere" }, [404, "unknown-site"]),
  attack("a token of another scheme", { url: "/api/v1/sites", headers: { authorization: "Basic YWRtaW46YWRtaW4=" } }, [
    401,
    "token-unknown",
  ]),
  attack("a token with a byte too many", { url: "/api/v1/sites", headers: { authorization: `Bearer wk_${"A".repeat(44)}` } }, [
    401,
    "token-unknown",
  ]),
  attack("a method nobody offers", { method: "PUT", url: "/api/v1/sites", headers: json, payload: "{}" }, [404, "not-found"]),
  attack("the WebSocket as a page", { url: "/api/v1/live" }, [426, "upgrade-needed"]),
];

describe("hostile requests", () => {
  test.each(ATTACKS)("$name is refused with $status $code", async ({ ask, status, code }) => {
    const answer = await house.app.inject({ ...ask, headers: { host: "localhost", ...ask.headers } });
    expect({ status: answer.statusCode, code: answer.json().error?.code }).toEqual({ status, code });
    expect(answer.body).not.toMatch(/node_modules|\/src\/|SQLITE|stack/i);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  test("nothing of them is logged as a fault", () => expect(house.logs.filter((line) => line.includes("A request failed"))).toEqual([]));

  test.each([
    [
      "two lengths at once (smuggling)",
      "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
      400,
      "bad-request",
    ],
    ["no HTTP at all", "\u0016\u0003\u0001\r\n\r\n", 400, "bad-request"],
    ["headers without end", `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(70_000)}\r\n\r\n`, 431, "headers-too-large"],
    ["no Host", "GET /api/v1/sites HTTP/1.0\r\n\r\n", 403, "host-not-allowed"],
  ])("%s: refused and closed", async (_name, bytes, status, code) => {
    const said = await speak(house, bytes);
    expect(said).toContain(`HTTP/1.1 ${status}`);
    expect(said).toContain(`"code":"${code}"`);
  });
});

/** What a bare socket hears until the server hangs up. */
async function speak(to: House, bytes: string): Promise<string> {
  const { port } = to.app.server.address() as AddressInfo;
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    let text = "";
    socket.on("data", (data) => {
      text += String(data);
    });
    socket.on("error", () => resolve(text));
    socket.on("close", () => resolve(text));
  });
}

describe("texts of others stay texts", () => {
  const HTML = '</script><img src=x onerror="alert(1)">{{7*7}}';
  const FORMULA = '=HYPERLINK("http://evil.example","click")';
  const rename = (name: string) =>
    house.app.inject({
      method: "PATCH",
      url: "/api/v1/points/plant/main",
      headers: { host: "localhost", ...json },
      payload: JSON.stringify({ name }),
    });

  test("a name with HTML is that name, in JSON that no browser takes for a page", async () => {
    expect((await rename(HTML)).json().name).toBe(HTML);
    const answer = await get(house, "/api/v1/points?site=plant");
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.json().points.map((point: { name: string }) => point.name)).toContain(HTML);
  });

  test("a name that is a formula is a text in CSV", async () => {
    await append(house, 1, { tMs: [T0], value: [-5] });
    await rename(FORMULA);
    const answer = await get(house, `/api/v1/export.csv?series=${POWER}&from=${T0}&to=${T0 + 1}`);
    expect(answer.text).toBe(
      `time (UTC),"'=HYPERLINK(""http://evil.example"",""click"") Power [kW]","'=HYPERLINK(""http://evil.example"",""click"") Power quality"\r\n2026-03-01T00:00:00Z,-5,\r\n`,
    );
  });
});

describe("headers", () => {
  test("pages may run no script but ours, stand in no frame, and tell nobody where they were", async () => {
    const { headers } = await get(house, "/api/v1/sites");
    const csp = String(headers["content-security-policy"]);
    expect(csp).toContain("default-src 'none'");
    expect(csp).toMatch(/script-src 'self'(;|$)/);
    expect(csp).toContain("frame-ancestors 'none'");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers["strict-transport-security"]).toBeUndefined();
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  });
});
