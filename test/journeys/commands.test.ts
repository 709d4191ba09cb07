import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ColumnsAnswer } from "#contract/series.ts";
import { Server } from "#test/server.ts";

const yaml = (press: string): string => `
sites:
  works: { name: Works, zone: Europe/Berlin, currency: EUR }
sources:
  feeders:
    site: works
    dialect: mapped-json
    topics: [works/+]
    options:
      topic: works/{feeder}
      time: { pointer: /tMs, format: epoch-ms }
      readings: [{ pointer: /${press}, quantity: power, unit: kW, kind: gauge, point: "{feeder}", missing: reject }]
`;
const KEY = "works/press/power@feeders";
const SAMPLES = 4500;
const EVERY_MS = 10_000;
const PATIENCE = { timeout: 10_000, interval: 50 };
const startMs = Math.floor(Date.now() / 1000) * 1000 - 20 * 3_600_000;

async function publish(port: number, messages: readonly { topic: string; payload: string }[]): Promise<void> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
  await Promise.all(messages.map(({ topic, payload }) => client.publishAsync(topic, payload, { qos: 1 })));
  await client.endAsync();
}

/** Every sample of the press, as the API tells it. */
async function stored(server: Server): Promise<[number, number | null][]> {
  const range = `from=0&to=${Date.now() + 3_600_000}&points=50000&raw=true`;
  const { columns } = await server.get<ColumnsAnswer>(`/api/v1/columns?series=${encodeURIComponent(KEY)}&${range}`);
  return (columns[0]?.tMs ?? []).map((tMs, row) => [tMs, columns[0]?.value[row] ?? null]);
}

/** Rows of `wattkeep export` as instants and numbers. */
function exported(csv: string): [number, number | null][] {
  const [head, ...lines] = csv.trimEnd().split("\r\n");
  expect(head).toBe("series,time,value,unit,quality");
  return lines.map((line) => {
    const [series, time = "", value = "", unit] = line.split(",");
    expect([series, unit]).toEqual([KEY, "kW"]);
    return [Date.parse(time), value === "" ? null : Number(value)];
  });
}

describe("the command line and a server", { timeout: 60_000 }, () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start({ yaml: yaml("kw"), mqtt: "embedded:0" });
    const messages = Array.from({ length: SAMPLES }, (_, n) => ({ tMs: startMs + n * EVERY_MS, kw: 40 + (n % 97) / 10 }));
    await publish(
      server.brokerPort,
      messages.map((message) => ({ topic: "works/press", payload: JSON.stringify(message) })),
    );
  });
  afterAll(async () => {
    await server?.remove();
  });

  test("export tells what the API tells, from inside the server and from the folder alone", async () => {
    const told = await stored(server);
    expect(told.length).toBe(SAMPLES);
    const inside = await server.command("export", KEY);
    expect(inside.status).toBe(0);
    expect(exported(inside.out)).toEqual(told);
    expect(inside.problem).toContain("4,500 rows of 1 series.");
    await server.end();
    const alone = await server.command("export", "works/*", "--out", join(server.folder, "all.csv"));
    expect([alone.status, alone.out]).toEqual([0, ""]);
    expect(server.file("all.csv").toString()).toBe(inside.out);
    const unknown = await server.command("export", "works/nothing/power@feeders");
    expect([unknown.status, unknown.out]).toEqual([1, ""]);
    expect(unknown.problem).toContain("There is no series works/nothing/power@feeders.");
    await server.run();
  });

  test("verify finds nothing wrong, with the server and without", async () => {
    const running = await server.command("verify", "--json");
    expect([running.status, (JSON.parse(running.out) as { damage: unknown[] }).damage]).toEqual([0, []]);
    await server.end();
    const alone = await server.command("verify");
    expect([alone.status, alone.out]).toEqual([0, expect.stringMatching(/samples: nothing damaged\.\n$/)]);
    await server.run();
  });

  test("probe prints what a message decodes to, and stores nothing", async () => {
    const { messages } = await ledger(server);
    const probing = server.command("probe", "works/#", "--broker", `mqtt://127.0.0.1:${server.brokerPort}`, "--count", "1");
    let probed: Awaited<typeof probing> | undefined;
    void probing.then((done) => (probed = done));
    let sent = 0;
    await expect
      .poll(async () => {
        sent++;
        await publish(server.brokerPort, [{ topic: "works/press", payload: JSON.stringify({ tMs: startMs - sent, kw: 12.5 }) }]);
        return probed?.status;
      }, PATIENCE)
      .toBe(0);
    expect(probed?.out).toContain("works/press  ");
    expect(probed?.out).toMatch(/feeders: press\/power = 12\.5 kW at \d{4}-/);
    expect((await ledger(server)).messages).toBe(messages + sent);
    const never = await server.command("probe", "x", "--count", "many");
    expect([never.status, never.problem]).toEqual([2, expect.stringContaining("--count")]);
  });

  test("replay publishes a recording, and says which line it cannot read", async () => {
    const file = join(server.folder, "recorded.jsonl");
    const tMs = startMs - 3_600_000;
    const lines = [
      { topic: "works/press", payload: JSON.stringify({ tMs, kw: 1.25 }), tMs: 1000 },
      { topic: "works/press", payloadBase64: Buffer.from(JSON.stringify({ tMs: tMs + 1, kw: 2.5 })).toString("base64"), tMs: 61_000 },
    ];
    writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
    const broker = `mqtt://127.0.0.1:${server.brokerPort}`;
    const replayed = await server.command("replay", file, "--broker", broker, "--speed", "1000");
    expect([replayed.status, replayed.out]).toEqual([0, `2 messages published to 127.0.0.1:${server.brokerPort}.\n`]);
    expect((await stored(server)).slice(0, 2)).toEqual([
      [tMs, 1.25],
      [tMs + 1, 2.5],
    ]);
    writeFileSync(file, `${JSON.stringify(lines[0])}\n{"payload":\n`);
    const broken = await server.command("replay", file, "--broker", broker, "--speed", "0");
    expect([broken.status, broken.problem]).toEqual([1, expect.stringContaining("recorded.jsonl, message 2: it is not JSON")]);
  });

  test("rejects lists what could not be read, and reads it again after a fix", async () => {
    const tMs = startMs - 7_200_000;
    await publish(server.brokerPort, [{ topic: "works/press", payload: JSON.stringify({ tMs, watts: 77 }) }]);
    const listed = await server.command("rejects");
    expect([listed.status, listed.out]).toEqual([0, expect.stringMatching(/feeders {2}works\/press\n {4}[a-z-]+: .+\./)]);
    expect((await server.command("rejects", "--redrive")).out).toContain("1 tried: 0 mended, 1 still rejected");
    await server.end();
    writeFileSync(join(server.folder, "wattkeep.yaml"), yaml("watts"));
    expect((await server.command("rejects", "--redrive", "--json")).out).toContain('"mended":1');
    expect((await server.command("rejects")).out).toBe("Nothing is rejected.\n");
    writeFileSync(join(server.folder, "wattkeep.yaml"), yaml("kw"));
    await server.run();
    expect((await stored(server))[0]).toEqual([tMs, 77]);
  });

  test("a second server on the same folder is refused with the process that holds it, and stop ends the first", async () => {
    const { pid } = JSON.parse(server.file("data/control.json").toString()) as { pid: number };
    const second = await server.command("serve");
    expect([second.status, second.problem]).toEqual([1, expect.stringContaining(`process ${pid}`)]);
    const stopped = await server.command("stop");
    expect([stopped.status, stopped.out]).toEqual([0, `Stopped process ${pid}.\n`]);
    const again = await server.command("stop");
    expect([again.status, again.out]).toEqual([0, expect.stringContaining("No server holds ")]);
    expect(server.said).toContain("wattkeep: stopped");
    await server.run();
  });

  test("restore puts a backup in place of the store, keeps what was there, and is refused while a server runs", async () => {
    const copy = join(server.folder, "copy.backup");
    const before = await stored(server);
    const made = await server.command("backup", copy, "--json");
    expect([made.status, JSON.parse(made.out)]).toEqual([0, { file: copy, bytes: expect.any(Number), damaged: [] }]);
    expect((await server.command("backup", copy)).problem).toContain("exists already");
    await publish(server.brokerPort, [{ topic: "works/press", payload: JSON.stringify({ tMs: Date.now(), kw: 99 }) }]);
    expect((await stored(server)).length).toBe(before.length + 1);
    const { pid } = JSON.parse(server.file("data/control.json").toString()) as { pid: number };
    const refused = await server.command("restore", copy);
    expect([refused.status, refused.problem]).toEqual([1, expect.stringContaining(`Process ${pid} holds`)]);
    await server.end();
    const restored = await server.command("restore", copy);
    expect([restored.status, restored.out]).toEqual([0, expect.stringContaining("What was there before is kept in ")]);
    const kept = /kept in (.*)\.\n/.exec(restored.out)?.[1] ?? "";
    expect((await server.command("restore", join(kept, "wattkeep.db"))).status).toBe(0);
    await server.run();
    expect((await stored(server)).length).toBe(before.length + 1);
    await server.end();
    expect((await server.command("restore", copy)).status).toBe(0);
    await server.run();
    expect(await stored(server)).toEqual(before);
    const nothing = await server.command("restore", join(server.folder, "wattkeep.yaml"));
    expect(nothing.status).toBe(1);
  });
});

async function ledger(server: Server): Promise<{ messages: number }> {
  const { sources } = await server.get<{ sources: { messages: number }[] }>("/api/v1/ledger");
  return { messages: sources.reduce((sum, row) => sum + row.messages, 0) };
}
