import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeTds } from "#test/fake-tds/fake-tds.ts";
import { GRACE_MS, MirrorWorld, QUARTER_MS, START_MS } from "#test/fake-tds/mirror-world.ts";
import { until } from "#test/until.ts";

let world: MirrorWorld;
beforeEach(async () => {
  world = await MirrorWorld.make();
});
afterEach(async () => {
  await world.end();
});

describe("the mirror", () => {
  test("sends what is there and then each interval when it is over and its grace has passed", async () => {
    await world.say([70, 71, 72], START_MS - 2 * QUARTER_MS);
    world.open();
    await world.settled();
    expect(world.intervals()).toEqual([
      ["2026-06-01T07:30", 70],
      ["2026-06-01T07:45", 71],
    ]);
    world.clock.pass(GRACE_MS + 1);
    await until(() => world.intervals().length === 3, "the third interval");
    expect(world.intervals().at(-1)).toEqual(["2026-06-01T08:00", 72]);
    await world.settled();
    expect(world.mirror?.status()).toMatchObject({
      state: "up-to-date",
      throughMs: START_MS,
      target: expect.stringContaining("kyz_ingestor at 127.0.0.1"),
    });
  });

  test("sends nothing twice, and after a restart goes on where it stopped", async () => {
    await world.say([70, 71], START_MS - 2 * QUARTER_MS);
    world.open();
    await world.settled();
    await world.pass(3_600_000);
    expect(world.database.changed).toBe(2);
    await world.mirror?.close();
    const merges = world.server.of("MERGE dbo.KYZ_Interval").length;
    await world.say([72], START_MS);
    world.open();
    await world.settled();
    expect(world.intervals().at(-1)).toEqual(["2026-06-01T08:00", 72]);
    expect(world.server.of("MERGE dbo.KYZ_Interval").length).toBe(merges + 1);
    expect(world.server.of("MERGE dbo.KYZ_Interval").at(-1)?.values).toHaveLength(7);
  });

  test("corrects the past when our history changes: late values, and rows that vanish", async () => {
    await world.say([70, 71, 72, 73], START_MS - 40 * QUARTER_MS);
    world.open();
    await world.settled();
    await world.say([99], START_MS - 39 * QUARTER_MS);
    const { series } = await world.store.registry();
    const t = START_MS - 38 * QUARTER_MS;
    const seriesId = series[0]?.id ?? -1;
    await world.store.correct({
      seriesId,
      t0Ms: t,
      t1Ms: t,
      action: "delete",
      value: 0,
      who: "me",
      why: "test",
      madeMs: world.clock.nowMs(),
    });
    await world.pass(15_000);
    expect(world.intervals().map(([, kWh]) => kWh)).toEqual([70, 99, 73]);
    expect(world.server.of("DELETE FROM dbo.KYZ_Interval")).toHaveLength(1);
  });

  test("waits for a server that is away, and sends what came meanwhile", async () => {
    await world.say([70], START_MS - QUARTER_MS);
    world.open();
    await world.settled();
    const { port } = world.server;
    await world.server.stop();
    world.clock.pass(QUARTER_MS);
    await world.say([71, 72], START_MS);
    await until(() => world.mirror?.status().state === "waiting" && world.clock.awaited, "a waiting mirror");
    expect(world.mirror?.status().problem).toMatchObject({ code: "unreachable" });
    world.server = await FakeTds.start({ answer: (statement) => world.database.answer(statement) }, port);
    world.clock.pass(GRACE_MS);
    world.clock.pass(60_000);
    await world.settled();
    expect(world.intervals().map(([, kWh]) => kWh)).toEqual([70, 71, 72]);
    expect(world.told.filter((text) => text.includes("works again"))).toHaveLength(1);
  });

  test("goes on in the middle of a backlog after a cut, and repeats one batch at the most", async () => {
    await world.say(
      Array.from({ length: 2_000 }, (_, n) => n),
      START_MS - 2_000 * QUARTER_MS,
    );
    let merges = 0;
    world.server.script = {
      answer(statement) {
        const cut = statement.sql.startsWith("MERGE dbo.KYZ_Interval") && ++merges === 3;
        const answer = world.database.answer(statement);
        // The third batch is written, and nobody hears of it.
        return cut ? { cut } : answer;
      },
    };
    world.open();
    await world.stuck("unreachable");
    world.clock.pass(1_000);
    await world.settled();
    expect(world.intervals()).toHaveLength(2_000);
    const sent = world.server.of("MERGE dbo.KYZ_Interval").reduce((sum, { values }) => sum + values.length / 7, 0);
    expect(sent).toBeGreaterThan(2_000);
    expect(sent).toBeLessThanOrEqual(2_000 + 285);
    expect(world.database.changed).toBe(2_000);
  });

  test("tries again when another session wrote the same key in the same moment", async () => {
    await world.say([70], START_MS - QUARTER_MS);
    let refused = 0;
    world.server.script = {
      answer: (statement) =>
        statement.sql.startsWith("MERGE") && refused++ < 2
          ? { error: { number: 2627, message: "Violation of PRIMARY KEY constraint." } }
          : world.database.answer(statement),
    };
    world.open();
    await until(() => world.mirror?.status().problem?.code === "busy" && world.clock.awaited, "the first refusal");
    world.clock.pass(1_000);
    await until(() => world.server.logins.length === 2 && world.clock.awaited && refused === 2, "the second refusal");
    world.clock.pass(2_000);
    await world.settled();
    expect(world.intervals()).toEqual([["2026-06-01T07:45", 70]]);
  });

  test("says once what a person has to mend, and then asks less often", async () => {
    world.server.script = {
      answer: ({ sql }) => (sql.startsWith("MERGE") ? { error: { number: 208, message: "Invalid object name." } } : undefined),
    };
    await world.say([70], START_MS - QUARTER_MS);
    world.open();
    await until(() => world.mirror?.status().problem?.code === "no-table" && world.clock.awaited, "the problem");
    world.clock.pass(299_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(world.server.logins).toHaveLength(1);
    world.clock.pass(1_000);
    await until(() => world.server.logins.length === 2 && world.clock.awaited, "another try");
    expect(world.told.filter((text) => text.includes("deploy/sql/001_tables.sql"))).toHaveLength(1);
  });

  test("writes again what was taken out of the table, and leaves alone what others put where we know nothing", async () => {
    await world.say([70, 71], START_MS - 2 * QUARTER_MS);
    world.open();
    await world.settled();
    world.database.empty("dbo.KYZ_Interval");
    const theirs = [new Date("2026-06-01T03:00:00Z"), 5, "8.500000", "34.000000", null, false, false];
    world.database.put("dbo.KYZ_Interval", theirs);
    await world.pass(3_600_000);
    expect(world.intervals()).toEqual([
      ["2026-06-01T03:00", 8.5],
      ["2026-06-01T07:30", 70],
      ["2026-06-01T07:45", 71],
    ]);
  });
});

describe("rows of others", () => {
  const theirs = (clock: string, kWh: number): [Date, ...(number | null | boolean | string)[]] => [
    new Date(`${clock}Z`),
    kWh,
    kWh.toFixed(6),
    (kWh * 4).toFixed(6),
    null,
    true,
    false,
  ];

  test("are taken in with a reading login, once, as a source of their own, and stand where their rank puts them", async () => {
    await world.say([70, 71], START_MS - 2 * QUARTER_MS);
    world.database.put("dbo.KYZ_Interval", theirs("2025-03-01T00:15:00", 50));
    world.database.put("dbo.KYZ_Interval", theirs("2026-06-01T07:45:00", 88));
    world.open({ reader: true });
    await world.settled();
    const { series } = await world.store.registry();
    expect(series.filter(({ source }) => source === "azure").map(({ key }) => key)).toEqual([
      "plant/main/energy@azure",
      "plant/main/demand@azure",
      "plant/main/interval-pulses@azure",
    ]);
    expect(world.intervals()).toEqual([
      ["2025-03-01T00:15", 50],
      ["2026-06-01T07:30", 70],
      ["2026-06-01T07:45", 88],
    ]);
    const energy = series.find(({ key }) => key === "plant/main/energy@azure")?.id ?? -1;
    const kept = await world.store.read(energy, { fromMs: 0, toMs: START_MS });
    expect([...kept.value]).toEqual([50, 88]);
    expect(kept.quality[0]).toBe(16);
    await world.pass(3_600_000);
    await world.pass(3_600_000);
    expect((await world.store.ledger()).find(({ source }) => source === "azure")).toMatchObject({ stored: 6, duplicate: 0, replaced: 0 });
    expect(world.server.logins.map(({ username }) => username)).toContain("kyz_dashboard");
  });

  test("that our own rows became by somebody's hand are taken in as well", async () => {
    await world.say([70, 71], START_MS - 2 * QUARTER_MS);
    world.open({ reader: true });
    await world.settled();
    world.database.put("dbo.KYZ_Interval", theirs("2026-06-01T07:30:00", 60));
    await world.pass(3_600_000);
    expect(world.intervals()[0]).toEqual(["2026-06-01T07:30", 60]);
    const { series } = await world.store.registry();
    const energy = series.find(({ key }) => key === "plant/main/energy@azure")?.id ?? -1;
    expect([...(await world.store.read(energy, { fromMs: 0, toMs: START_MS })).value]).toEqual([60]);
  });

  test("are overwritten without one where we know better", async () => {
    await world.say([70], START_MS - QUARTER_MS);
    world.database.put("dbo.KYZ_Interval", theirs("2026-06-01T07:45:00", 88));
    world.open();
    await world.settled();
    expect(world.intervals()).toEqual([["2026-06-01T07:45", 70]]);
    expect((await world.store.registry()).series).toHaveLength(1);
  });
});
