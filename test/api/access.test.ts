import { randomBytes } from "node:crypto";
import type { InjectOptions } from "fastify";
import { afterEach, describe, expect, test } from "vitest";
import type { ApiConfig } from "#api/deps.ts";
import { hashToken, makeToken } from "#api/tokens.ts";
import type { Role } from "#store/records.ts";
import { DAY_MS, type House, openHouse } from "./house.ts";

let house: House;
afterEach(() => house.close());

const JSON_TYPE = { "content-type": "application/json" };
const FAR = "203.0.113.9";

const open = async (config: Partial<ApiConfig> = {}): Promise<void> => {
  house = await openHouse({ loopbackOpen: false, ...config });
};

/** A token of a role, stored; its secret. */
async function token(role: Role, days?: number): Promise<string> {
  const made = makeToken({ name: `${role} of the test`, role, days }, house.nowMs, randomBytes);
  await house.store.saveToken(made.token);
  return made.secret;
}

async function ask(wish: InjectOptions & { secret?: string; cookie?: string }) {
  const { secret, cookie, headers, ...rest } = wish;
  const answer = await house.app.inject({
    url: "/api/v1/sites",
    ...rest,
    headers: {
      host: "localhost",
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      ...(cookie === undefined ? {} : { cookie }),
      ...headers,
    },
  });
  return { status: answer.statusCode, code: answer.json().error?.code as string | undefined, body: answer.json(), headers: answer.headers };
}

const signIn = async (secret: string) => {
  const answer = await ask({
    method: "POST",
    url: "/api/v1/session",
    headers: { ...JSON_TYPE, origin: "http://localhost" },
    payload: { token: secret },
  });
  return { ...answer, cookie: String(answer.headers["set-cookie"] ?? "").split(";", 1)[0] as string };
};

describe("roles", () => {
  test("each role may do what it and lower ones may, and a device's token may read nothing", async () => {
    await open();
    const asks: Record<string, InjectOptions> = {
      read: {},
      edit: { method: "PATCH", url: "/api/v1/sites/plant", headers: JSON_TYPE, payload: { name: "Works" } },
      tokens: { url: "/api/v1/tokens" },
    };
    const allowed: Record<Role, readonly string[]> = {
      ingest: [],
      viewer: ["read"],
      operator: ["read", "edit"],
      billing: ["read", "edit"],
      admin: ["read", "edit", "tokens"],
    };
    for (const [role, may] of Object.entries(allowed)) {
      const secret = await token(role as Role);
      for (const [what, wish] of Object.entries(asks)) {
        const answer = await ask({ ...wish, secret });
        expect({ role, what, status: answer.status }).toEqual({ role, what, status: may.includes(what) ? 200 : 403 });
      }
    }
  });

  test("nobody gets 401 with the way in, on every address but those open to all", async () => {
    await open();
    const answer = await ask({});
    expect(answer).toMatchObject({ status: 401, code: "sign-in-needed" });
    expect((await ask({ url: "/healthz" })).status).toBe(200);
    expect((await ask({ url: "/api/v1/session" })).body).toEqual({ role: null, name: null, via: null });
    expect((await ask({ url: "/metrics" })).status).toBe(401);
    expect((await ask({ url: "/api/docs/json" })).status).toBe(401);
  });
});

describe("tokens", () => {
  test("a secret is shown once and stored as a hash", async () => {
    await open();
    const made = await ask({
      method: "POST",
      url: "/api/v1/tokens",
      secret: await token("admin"),
      headers: JSON_TYPE,
      payload: { name: "wall", role: "viewer", days: 1 },
    });
    expect(made.body.secret).toMatch(/^wk_[A-Za-z0-9_-]{43}$/);
    const stored = (await house.store.tokens()).find((one) => one.id === made.body.id);
    expect(stored).toMatchObject({ name: "wall", role: "viewer", sha256: hashToken(made.body.secret), expiresMs: house.nowMs + DAY_MS });
    const listed = await ask({ url: "/api/v1/tokens", secret: await token("admin") });
    expect(JSON.stringify(listed.body)).not.toContain(made.body.secret);
    expect(JSON.stringify(listed.body)).not.toContain(stored?.sha256);
    expect((await ask({ secret: made.body.secret })).status).toBe(200);
  });

  test("one that is revoked, expired or made up counts no more, even from this machine", async () => {
    await open({ loopbackOpen: true });
    const secret = await token("viewer", 1);
    expect((await ask({ secret })).status).toBe(200);
    house.nowMs += DAY_MS;
    expect(await ask({ secret })).toMatchObject({ status: 401, code: "token-unknown" });
    const other = await token("viewer");
    const { id } = (await house.store.tokens()).find((one) => one.sha256 === hashToken(other)) as { id: string };
    expect((await ask({ method: "DELETE", url: `/api/v1/tokens/${id}` })).body.revokedMs).toBe(house.nowMs);
    expect(await ask({ secret: other })).toMatchObject({ status: 401, code: "token-unknown" });
    expect((await ask({ secret: "wk_made-up" })).status).toBe(401);
  });

  test("one in an address is ignored and warned of, and stands in no log", async () => {
    await open();
    const secret = await token("viewer");
    expect((await ask({ url: `/api/v1/sites?token=${secret}` })).status).toBe(401);
    expect(house.logs.join("\n")).toContain("Authorization header");
    expect(house.logs.join("\n")).not.toContain(secret);
  });

  test("guessing is slowed down per address, and the owner elsewhere is not locked out", async () => {
    await open({ signInsPerMinute: 3 });
    const secret = await token("viewer");
    const guess = () => ask({ secret: `wk_${randomBytes(32).toString("base64url")}`, remoteAddress: FAR });
    const seen: (string | undefined)[] = [];
    for (let i = 0; i < 5; i++) seen.push((await guess()).code);
    expect(seen).toEqual([...Array(3).fill("token-unknown"), "too-many-requests", "too-many-requests"]);
    expect((await ask({ secret, remoteAddress: "203.0.113.10" })).status).toBe(200);
  });
});

describe("sessions", () => {
  test("signing in gives a cookie that scripts cannot read and other sites cannot send", async () => {
    await open();
    const { status, headers, body, cookie } = await signIn(await token("operator"));
    expect({ status, body }).toEqual({ status: 200, body: { role: "operator", name: "operator of the test", via: "cookie" } });
    expect(headers["set-cookie"]).toMatch(/^wattkeep_session=[^;]+;.*Path=\/;.*HttpOnly.*SameSite=Strict/);
    expect((await ask({ cookie })).status).toBe(200);
    expect((await ask({ url: "/api/v1/session", cookie })).body).toMatchObject({ role: "operator", via: "cookie" });
  });

  test("a change by cookie needs the origin a browser names", async () => {
    await open();
    const { cookie } = await signIn(await token("operator"));
    const rename: InjectOptions = { method: "PATCH", url: "/api/v1/sites/plant", payload: { name: "Works" } };
    expect((await ask({ ...rename, cookie, headers: JSON_TYPE })).status).toBe(401);
    expect((await ask({ ...rename, cookie, headers: { ...JSON_TYPE, origin: "http://evil.example" } })).status).toBe(403);
    expect((await ask({ ...rename, cookie, headers: { ...JSON_TYPE, origin: "http://localhost" } })).status).toBe(200);
  });

  test("it ends with signing out, with its token, and with its time", async () => {
    await open();
    const out = await signIn(await token("viewer"));
    expect(
      (await ask({ method: "DELETE", url: "/api/v1/session", cookie: out.cookie, headers: { origin: "http://localhost" } })).status,
    ).toBe(200);
    expect((await ask({ cookie: out.cookie })).status).toBe(401);

    const secret = await token("viewer");
    const revoked = await signIn(secret);
    const stored = (await house.store.tokens()).find((one) => one.sha256 === hashToken(secret));
    if (stored) await house.store.saveToken({ ...stored, revokedMs: house.nowMs });
    expect((await ask({ cookie: revoked.cookie })).status).toBe(401);

    const old = await signIn(await token("viewer"));
    house.nowMs += 91 * DAY_MS;
    expect((await ask({ cookie: old.cookie })).status).toBe(401);
  });

  test("a forged or altered cookie is nobody", async () => {
    await open();
    const { cookie } = await signIn(await token("viewer"));
    const [name, value = ""] = cookie.split("=") as [string, string];
    const [payload = "", signature = ""] = value.split(".");
    const admin = Buffer.from(JSON.stringify(["x", "y", Number.MAX_SAFE_INTEGER])).toString("base64url");
    for (const forged of [
      `${admin}.${signature}`,
      `${payload}.${signature.slice(1)}A`,
      `${payload}.`,
      payload,
      "",
      "..",
      `${payload}.${signature}.${signature}`,
    ]) {
      expect((await ask({ cookie: `${name}=${forged}` })).status).toBe(401);
    }
  });

  test("attempts to sign in are few per minute", async () => {
    await open({ signInsPerMinute: 2 });
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 3; i++) codes.push((await signIn("wk_nonsense")).code);
    expect(codes).toEqual(["token-unknown", "token-unknown", "too-many-requests"]);
  });
});

describe("addresses", () => {
  test("this machine needs no token, unless a proxy may stand in between", async () => {
    await open({ loopbackOpen: true, publicHosts: ["meter.example"] });
    expect((await ask({ url: "/api/v1/session" })).body).toEqual({ role: "admin", name: "this machine", via: "loopback" });
    expect((await ask({ remoteAddress: "::1", url: "/api/v1/session" })).body.via).toBe("loopback");
    expect((await ask({ remoteAddress: FAR })).status).toBe(401);
    expect((await ask({ headers: { "x-forwarded-for": "198.51.100.7" } })).status).toBe(401);
    expect((await ask({ headers: { host: "meter.example" } })).status).toBe(401);
  });

  test("with a proxy that is trusted, the address is the one it names", async () => {
    await open({ loopbackOpen: true, trustProxy: ["127.0.0.1"], anonymous: [{ role: "viewer", from: "198.51.100.0/24" }] });
    expect((await ask({ headers: { "x-forwarded-for": "198.51.100.7" }, url: "/api/v1/session" })).body.via).toBe("anonymous");
    expect((await ask({ headers: { "x-forwarded-for": "203.0.113.7" } })).status).toBe(401);
    expect((await ask({})).status).toBe(401);
  });

  test("a network range may be given a role, the highest that fits", async () => {
    await open({
      anonymous: [
        { role: "viewer", from: "192.168.0.0/16" },
        { role: "operator", from: "192.168.7.0/24" },
        { role: "viewer", from: "fd00::/8" },
      ],
    });
    const role = async (remoteAddress: string) => (await ask({ url: "/api/v1/session", remoteAddress })).body.role;
    expect(await role("192.168.1.2")).toBe("viewer");
    expect(await role("192.168.7.2")).toBe("operator");
    expect(await role("::ffff:192.168.7.2")).toBe("operator");
    expect(await role("fd00::5")).toBe("viewer");
    expect(await role("10.0.0.1")).toBeNull();
    expect((await ask({ remoteAddress: "192.168.1.2", headers: { "x-forwarded-for": "192.168.1.3" } })).status).toBe(401);
  });

  test("names and origins that the configuration allows are let in", async () => {
    await open({ loopbackOpen: true, publicHosts: ["meter.example"], allowedOrigins: ["https://wall.example"] });
    const named = { host: "meter.example", origin: "http://meter.example" };
    expect((await ask({ url: "/api/v1/session", headers: named })).status).toBe(200);
    expect((await ask({ url: "/api/v1/session", headers: { origin: "https://wall.example" } })).status).toBe(200);
  });

  test("a server that listens everywhere answers to every address, and to no foreign name", async () => {
    await open({ loopbackOpen: true, listenHost: "0.0.0.0" });
    const host = async (name: string) => (await ask({ url: "/api/v1/session", headers: { host: name } })).status;
    expect(await host("192.168.1.20:8080")).toBe(200);
    expect(await host("[fd00::5]:8080")).toBe(200);
    expect(await host("evil.example")).toBe(403);
  });
});

describe("a prefix", () => {
  test("is served whether a proxy strips it or not", async () => {
    await open({ loopbackOpen: true, basePath: "/energy" });
    expect((await ask({ url: "/energy/api/v1/sites" })).status).toBe(200);
    expect((await ask({ url: "/api/v1/sites" })).status).toBe(200);
    expect((await ask({ url: "/energyx/api/v1/sites" })).status).toBe(404);
  });
});
