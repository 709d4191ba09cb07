import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AlertRulesAnswer, AlertsAnswer } from "#contract/alerts.ts";
import type { JobsAnswer } from "#contract/jobs.ts";
import { FakeHttpServer } from "#test/fakes/http-server.ts";
import { FakeSmtpServer } from "#test/fakes/smtp-server.ts";
import { Server } from "#test/server.ts";

const PATIENCE = { timeout: 20_000, interval: 50 };
const ACTIVE = "alerts/reader-silent/meter/active";

/** The reader says something, then nothing. One channel works, one hangs, and a PLC listens at our own broker. */
describe("a reader that falls silent", { timeout: 90_000 }, () => {
  let hook: FakeHttpServer;
  let hanging: FakeSmtpServer;
  let server: Server;
  let plc: MqttClient;
  const heard: string[] = [];
  const said = (): string[] => hook.asked.map(({ body }) => (JSON.parse(body) as { what: string }).what);

  beforeAll(async () => {
    hook = await FakeHttpServer.start();
    hanging = await FakeSmtpServer.start();
    hanging.mood = "silent";
    const yaml = `
sites: { home: { zone: Europe/Berlin } }
sources: { meter: { dialect: tasmota-sml, name: Electricity meter } }
alerts:
  checkSeconds: 1
  channels:
    mail: { kind: mail, host: 127.0.0.1, port: ${hanging.port}, from: a@example.org, to: [b@example.org] }
    hook: { kind: webhook, url: "${hook.url}/\${HOOK_PATH}" }
    plc: { kind: mqtt, topic: alerts }
  rules:
    - { id: reader-silent, kind: stale, source: meter, after: 3s }
`;
    server = await Server.start({ yaml, env: "HOOK_PATH=CANARY\n", mqtt: "embedded:0" });
    plc = await connectAsync(`mqtt://127.0.0.1:${server.brokerPort}`);
    plc.on("message", (topic, payload) => heard.push(`${topic} ${payload.toString()}`));
    await plc.subscribeAsync("alerts/#", { qos: 1 });
  });
  afterAll(async () => {
    await plc.endAsync(true);
    await server.remove();
    await hook.stop();
    await hanging.stop();
  });

  const speak = (): Promise<unknown> => {
    const payload = { Time: new Date().toISOString().slice(0, 19), MT681: { Total_in: 100.5, Power_cur: 400 } };
    return plc.publishAsync("tele/tasmota/SENSOR", JSON.stringify(payload), { qos: 1 });
  };
  const alerts = (): Promise<AlertsAnswer> => server.get<AlertsAnswer>("/api/v1/alerts");

  test("is told to whoever listens, though another channel hangs, and shown on the page", async () => {
    await speak();
    await expect.poll(said, PATIENCE).toEqual(["fired"]);
    await expect.poll(() => heard.includes(`${ACTIVE} 1`), PATIENCE).toBe(true);
    const { active } = await alerts();
    expect(active).toMatchObject([{ rule: "reader-silent", subjectTitle: "Electricity meter", link: "/sources?source=meter" }]);
    expect(active[0]?.deliveries.find(({ channel }) => channel === "mail")?.result).toBe("waiting");
    expect(active[0]?.deliveries.find(({ channel }) => channel === "hook")?.result).toBe("sent");
  });

  test("is told once, also when the program is killed meanwhile", async () => {
    await plc.endAsync(true);
    await server.kill();
    await server.run();
    plc = await connectAsync(`mqtt://127.0.0.1:${server.brokerPort}`);
    plc.on("message", (topic, payload) => heard.push(`${topic} ${payload.toString()}`));
    heard.length = 0;
    await plc.subscribeAsync("alerts/#", { qos: 1 });
    await expect.poll(() => heard.includes("alerts/status online"), PATIENCE).toBe(true);
    await expect.poll(() => heard.includes(`${ACTIVE} 1`), PATIENCE).toBe(true);
    expect(said()).toEqual(["fired"]);
    expect((await alerts()).active).toHaveLength(1);
  });

  test("is over when it speaks again", async () => {
    await speak();
    await expect.poll(said, PATIENCE).toEqual(["fired", "cleared"]);
    await expect.poll(() => heard.includes(`${ACTIVE} 0`), PATIENCE).toBe(true);
  });

  test("leaves rules, channels and the hourly look where people find them, without a secret", async () => {
    const rules = await server.get<AlertRulesAnswer>("/api/v1/alerts/rules");
    expect(rules.rules.map(({ rule }) => rule.id)).toEqual([
      ...["source-silent", "readings-thin", "backup-failed"],
      ...["meter-leaks", "meter-implausible", "meter-due", "calibration-ends", "reader-silent"],
    ]);
    expect(rules.channels.map(({ kind }) => kind)).toEqual(["mail", "webhook", "mqtt"]);
    const { jobs } = await server.get<JobsAnswer>("/api/v1/jobs");
    expect(jobs.find(({ name }) => name === "health-check")).toMatchObject({ schedule: "0 * * * *" });
    expect(JSON.stringify([rules, await alerts(), server.said])).not.toContain("CANARY");
  });
});
