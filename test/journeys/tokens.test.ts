import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Server } from "#test/server.ts";

/** Devices of the whole network may come, so its own broker asks who they are. */
const YAML = `
sites:
  home: { zone: Europe/Berlin, currency: EUR }
sources:
  meter: { site: home, dialect: tasmota-sml }
broker: { listen: "0.0.0.0:0" }
`;
const PATIENCE = { timeout: 10_000, interval: 50 };

interface Made {
  readonly secret: string;
  readonly token: { readonly id: string; readonly role: string };
}

const said = (watts: number): string => JSON.stringify({ MT681: { Power: watts } });

describe("tokens from the command line", { timeout: 60_000 }, () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start({ yaml: YAML, mqtt: "embedded:0" });
  });
  afterAll(async () => {
    await server?.remove();
  });

  const make = async (...words: string[]): Promise<Made> =>
    JSON.parse((await server.command("token", "create", ...words, "--json")).out) as Made;
  const asks = async (secret: string): Promise<number> =>
    (await fetch(`${server.url}/api/v1/tokens`, { headers: { authorization: `Bearer ${secret}` } })).status;
  const connect = (username: string, password: string): Promise<MqttClient> =>
    connectAsync(`mqtt://127.0.0.1:${server.brokerPort}`, { username, password, reconnectPeriod: 0, connectTimeout: 5000 }, false);

  test("a token lets in until it is revoked; its secret is shown once and never again", async () => {
    const made = await make("night desk", "--role", "admin", "--days", "30");
    expect(await asks(made.secret)).toBe(200);
    const list = await server.command("token", "list");
    expect(list.out).toContain(`${made.token.id}  admin `);
    expect(`${list.out}${(await server.command("token", "list", "--json")).out}${server.said}`).not.toContain(made.secret);
    await server.end();
    const revoked = await server.command("token", "revoke", made.token.id);
    expect([revoked.status, revoked.out]).toEqual([0, "night desk is revoked.\n"]);
    await server.run();
    expect(await asks(made.secret)).toBe(401);
    expect((await server.command("token", "list")).out).toContain("revoked");
    const unknown = await server.command("token", "revoke", "nobody");
    expect([unknown.status, unknown.problem]).toEqual([1, expect.stringContaining("There is no token nobody")]);
  });

  test("a device signs in at the broker with its credentials and publishes below its prefix alone", async () => {
    const made = await make("tele", "--device");
    await expect(connect("tele", "wrong-password")).rejects.toThrow();
    await expect(connect("other", made.secret)).rejects.toThrow();
    const device = await connect("tele", made.secret);
    await device.publishAsync("tele/head/SENSOR", said(412), { qos: 1 });
    await expect.poll(powers, PATIENCE).toEqual(["home/mt681-head/power@meter 412"]);
    device.on("error", () => undefined);
    device.publish("stat/head/STATUS10", JSON.stringify({ StatusSNS: { MT681: { Power: 9999 } } }), { qos: 1 }, () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 500));
    device.end(true);
    const again = await connect("tele", made.secret);
    await again.publishAsync("tele/head/SENSOR", said(413), { qos: 1 });
    await expect.poll(powers, PATIENCE).toEqual(["home/mt681-head/power@meter 413"]);
    await server.command("token", "revoke", made.token.id);
    await expect(connect("tele", made.secret)).rejects.toThrow();
    again.end(true);
    expect(await asks(made.secret)).toBe(401);
  });

  async function powers(): Promise<string[]> {
    const { values } = await server.get<{ values: { key: string; value: number }[] }>("/api/v1/latest");
    return values.filter(({ key }) => key.includes("/power@")).map(({ key, value }) => `${key} ${value}`);
  }
});
