import { afterAll, beforeAll, expect, it } from "vitest";
import { Influxd } from "#test/influxd.ts";
import { outside } from "#test/outside.ts";
import { InfluxOneTarget } from "./influx-one.ts";
import { keepSeries, type Tally } from "./keep-series.ts";
import type { InfluxPoint, InfluxSeries } from "./point.ts";
import { InfluxTrouble } from "./trouble.ts";

const LOGIN = { username: "keeper", password: "tell nobody, ever" };
const HOUR_MS = 3_600_000;
const gas: InfluxSeries = { measurement: "meter_consumption", tags: { meter_id: `gas "old", 'new' \\ m³` } };
const water: InfluxSeries = { measurement: "meter_consumption", tags: { meter_id: "water" } };
const at = (hour: number, value: number): InfluxPoint => ({ tMs: hour * HOUR_MS, fields: { consumption: value } });

outside("influxd")("a real InfluxDB 1", () => {
  let server: Influxd;
  const target = (more = {}) =>
    new InfluxOneTarget({ url: server.url, database: "results", timeoutMs: 10_000, ...LOGIN, ...more }, new AbortController().signal);

  beforeAll(async () => {
    server = await Influxd.start(LOGIN);
  });
  afterAll(() => server.stop());

  it("has no database before it is made, and one after", async () => {
    expect(await target().exists()).toBe(false);
    await target().make();
    expect(await target().exists()).toBe(true);
  });

  it("gives back what it was given, whatever a name holds", async () => {
    const points = Array.from({ length: 12_000 }, (_, i) => at(i, i / 10));
    await target().write(gas, points);
    await target().write(water, [at(1, 5)]);
    expect(await target().read(gas)).toEqual(points);
    expect(await target().tagValues("meter_consumption", "meter_id")).toEqual([gas.tags["meter_id"], "water"]);
  });

  it("is made to hold exactly what it should, by what differs alone", async () => {
    const tally: Tally = { written: 0, removed: 0, same: 0 };
    const wanted = [at(5, 0.5), at(7, 99), at(13_000, 4)];
    await keepSeries(target(), gas, { wanted, tally });
    expect(tally).toEqual({ written: 2, removed: 11_998, same: 1 });
    expect(await target().read(gas)).toEqual(wanted);
    expect(await target().read(water)).toEqual([at(1, 5)]);
    await keepSeries(target(), gas, { wanted, tally });
    expect(tally.same).toBe(4);
  });

  it("keeps texts and numbers of one point apart, and loses a field that is no longer", async () => {
    const anomaly: InfluxSeries = { measurement: "meter_anomaly", tags: { meter_id: "water" } };
    await target().write(anomaly, [{ tMs: HOUR_MS, fields: { consumption: 3, severity: "warning" } }]);
    expect(await target().read(anomaly)).toEqual([{ tMs: HOUR_MS, fields: { consumption: 3, severity: "warning" } }]);
    const tally: Tally = { written: 0, removed: 0, same: 0 };
    const wanted = [{ tMs: HOUR_MS, fields: { consumption: 3 } }];
    await keepSeries(target(), anomaly, { wanted, tally });
    expect(await target().read(anomaly)).toEqual(wanted);
  });

  it("refuses a wrong login with a sentence that holds no secret, and says that trying again is no use", async () => {
    const refused = await target({ password: "wrong-secret" })
      .read(gas)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InfluxTrouble);
    expect((refused as InfluxTrouble).later).toBe(false);
    expect((refused as InfluxTrouble).message).toContain("refuses the login (401)");
    expect((refused as InfluxTrouble).message).not.toContain("wrong-secret");
  });

  it("that is away is told as one that may come back", async () => {
    await server.end();
    const away = await target()
      .exists()
      .catch((error: unknown) => error);
    expect((away as InfluxTrouble).later).toBe(true);
    await server.run();
    expect(await target().exists()).toBe(true);
  });
});
