import mqtt from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "#test/free-port.ts";
import { Server } from "#test/server.ts";

const TOKEN = "on-the-wall";
const OLD_ENV = `
MQTT_TOPIC_PULSE=pri/energy/kyz/pulseCount
MQTT_TOPIC_INTERVAL=pri/energy/kyz/interval
MQTT_USERNAME=
KYZ_PULSES_PER_KWH=0.5882352941
INTERVAL_SECONDS=900
BILLING_ANCHOR_DATE=2025-01-17
DASHBOARD_AUTH_TOKEN=${TOKEN}
DASHBOARD_SSE_POLL_SECONDS=1
PLANT_NAME=Mill Road
`;

interface Latest {
  readonly IntervalEnd: string;
  readonly kW: number;
}

describe("an old .env beside an empty configuration", { timeout: 60_000 }, () => {
  let server: Server;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    server = await Server.start({ yaml: "", env: OLD_ENV, mqtt: `embedded:${port}` });
  });
  afterAll(async () => {
    await server?.remove();
  });

  const old = (path: string, token = TOKEN) => fetch(`${server.url}${path}`, { headers: { "x-auth-token": token } });

  test("starts the plant: what its PLC publishes is answered by the old routes and by v1", async () => {
    const plc = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
    const message = {
      intervalEnd: "2026-01-31 14:30:00",
      pulseCount: 42,
      kWh: 71.4,
      kW: 285.6,
      total_kWh: 1234.5,
      r17Exclude: false,
      kyzInvalidAlarm: false,
    };
    await plc.publishAsync("pri/energy/kyz/interval", JSON.stringify(message), { qos: 1 });
    // Acknowledged is on disk, and what is on disk is answered.
    await plc.endAsync();
    expect(await (await old("/api/latest")).json()).toEqual({
      IntervalEnd: "2026-01-31T14:30:00",
      kW: 285.6,
      kWh: 71.4,
      PulseCount: 42,
      Total_kWh: 1234.5,
      R17Exclude: false,
      KyzInvalidAlarm: false,
    });
    const { plants } = await server.get<{ plants: { id: string; siteName: string; anchor: string; tariff: { name: string } }[] }>(
      "/api/v1/plants",
    );
    expect(plants).toMatchObject([{ id: "plant.main", siteName: "Mill Road", anchor: "2025-01-17", tariff: { name: "Rate" } }]);
  });

  test("asks for its token on the old routes, in the old words", async () => {
    for (const [path, token] of [
      ["/api/latest", "wrong"],
      ["/api/summary", ""],
      [`/api/latest?token=${TOKEN}`, ""],
    ] as const) {
      const refused = await old(path, token);
      expect([path, refused.status, await refused.json()]).toEqual([path, 401, { detail: "Unauthorized" }]);
    }
  });

  test("streams to a browser that has the token in its address", async () => {
    const leave = new AbortController();
    const answer = await fetch(`${server.url}/api/stream?token=${TOKEN}`, { signal: leave.signal });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    const first = (await reader?.read())?.value ?? "";
    leave.abort();
    const data = JSON.parse(/^event: latest\ndata: (.*)\n\n$/.exec(first)?.[1] ?? "{}") as Latest;
    expect(data).toMatchObject({ IntervalEnd: "2026-01-31T14:30:00", kW: 285.6 });
  });

  test("prints neither the token nor a guess", () => {
    expect(server.said).not.toContain(TOKEN);
    expect(server.said).not.toContain("wrong");
  });
});
