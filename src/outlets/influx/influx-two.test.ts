import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Asked, FakeHttpServer } from "#test/fakes/http-server.ts";
import { InfluxTwoTarget } from "./influx-two.ts";
import { keepSeries, type Tally } from "./keep-series.ts";
import type { InfluxSeries } from "./point.ts";
import { InfluxTrouble } from "./trouble.ts";

const TOKEN = "tell-nobody";
const gas: InfluxSeries = { measurement: "meter_consumption", tags: { meter_id: 'gas "old"' } };

let server: FakeHttpServer;
let answers: ((asked: Asked) => readonly [status: number, body: string] | undefined)[];
beforeEach(async () => {
  server = await FakeHttpServer.start();
  answers = [];
  server.answer = (asked, reply) => {
    for (const answer of answers) {
      const said = answer(asked);
      if (said !== undefined) return void reply.writeHead(said[0], { "content-type": "text/csv" }).end(said[1]);
    }
    reply.writeHead(500).end('{"message":"nothing was prepared for this"}');
  };
});
afterEach(() => server.stop());

const target = () =>
  new InfluxTwoTarget({ url: server.url, org: "house", token: TOKEN, bucket: "results", timeoutMs: 5_000 }, new AbortController().signal);
const on = (method: string, path: string, status: number, body = "") =>
  answers.push((asked) => (asked.method === method && asked.path.startsWith(path) ? [status, body] : undefined));
const asked = (path: string) => server.asked.filter((one) => one.path.startsWith(path));

/** Annotated CSV as InfluxDB 2.7 answers it: a table per field, lines ending as they do there. */
const ROWS = [
  "#datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,string,string,string",
  "#group,false,false,true,true,false,false,true,true,true",
  "#default,_result,,,,,,,,",
  ",result,table,_start,_stop,_time,_value,_field,_measurement,meter_id",
  ',,0,1900-01-01T00:00:00Z,2200-01-01T00:00:00Z,2024-01-31T00:00:00Z,31.5,consumption,meter_consumption,"gas ""old"""',
  ',,0,1900-01-01T00:00:00Z,2200-01-01T00:00:00Z,2024-02-29T00:00:00Z,29,consumption,meter_consumption,"gas ""old"""',
  "",
  "#datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,string,string,string,string",
  "#group,false,false,true,true,false,false,true,true,true",
  "#default,_result,,,,,,,,",
  ",result,table,_start,_stop,_time,_value,_field,_measurement,meter_id",
  ',,1,1900-01-01T00:00:00Z,2200-01-01T00:00:00Z,2024-01-31T00:00:00Z,warning,severity,meter_consumption,"gas ""old"""',
  "",
  "",
].join("\r\n");

describe("an InfluxDB 2", () => {
  it("answers points field by field, which are put together again", async () => {
    on("POST", "/api/v2/query", 200, ROWS);
    expect(await target().read(gas)).toEqual([
      { tMs: Date.UTC(2024, 0, 31), fields: { consumption: 31.5, severity: "warning" } },
      { tMs: Date.UTC(2024, 1, 29), fields: { consumption: 29 } },
    ]);
    const { query } = JSON.parse(asked("/api/v2/query")[0]?.body ?? "{}") as { query: string };
    expect(query).toContain('from(bucket: "results")');
    expect(query).toContain('r["_measurement"] == "meter_consumption" and r["meter_id"] == "gas \\"old\\""');
    expect(asked("/api/v2/query")[0]?.headers["authorization"]).toBe(`Token ${TOKEN}`);
  });

  it("is made to hold what it should: what differs is written, what is no longer is taken out", async () => {
    on("POST", "/api/v2/query", 200, ROWS);
    on("POST", "/api/v2/write", 204);
    on("POST", "/api/v2/delete", 204);
    const tally: Tally = { written: 0, removed: 0, same: 0 };
    const wanted = [{ tMs: Date.UTC(2024, 1, 29), fields: { consumption: 30 } }];
    await keepSeries(target(), gas, { wanted, tally });
    expect(tally).toEqual({ written: 1, removed: 1, same: 0 });
    expect(asked("/api/v2/delete").map(({ body }) => JSON.parse(body))).toEqual([
      {
        start: "2024-01-31T00:00:00.000Z",
        stop: "2024-01-31T00:00:00.001Z",
        predicate: '_measurement="meter_consumption" AND meter_id="gas \\"old\\""',
      },
    ]);
    const [written] = asked("/api/v2/write");
    expect(written?.path).toBe("/api/v2/write?org=house&bucket=results&precision=ms");
    expect(written?.body).toBe('meter_consumption,meter_id=gas\\ "old" consumption=30 1709164800000');
  });

  it("has its bucket made where it is not there, to keep its points for good", async () => {
    on("GET", "/api/v2/buckets", 404, '{"code":"not found","message":"bucket \\"results\\" not found"}');
    on("GET", "/api/v2/orgs", 200, '{"orgs":[{"id":"0123456789abcdef","name":"house"}]}');
    on("POST", "/api/v2/buckets", 201, "{}");
    expect(await target().exists()).toBe(false);
    await target().make();
    const made = asked("/api/v2/buckets").find(({ method }) => method === "POST");
    expect(JSON.parse(made?.body ?? "{}")).toEqual({ orgID: "0123456789abcdef", name: "results", retentionRules: [] });
  });

  it("is not taken for one where another kind of server answers", async () => {
    on("GET", "/api/v2/buckets", 404, "<html>404 Not Found</html>");
    await expect(target().exists()).rejects.toThrow("does not know what it was asked for");
  });

  it("whose token may not make a bucket is told so, and what to do", async () => {
    on("GET", "/api/v2/orgs", 200, '{"orgs":[{"id":"0123456789abcdef"}]}');
    on("POST", "/api/v2/buckets", 403, '{"message":"insufficient permissions"}');
    await expect(target().make()).rejects.toThrow("InfluxDB has no bucket results, and this token may not make one: make it by hand");
  });

  it.each([
    [401, '{"message":"unauthorized access"}', false],
    [503, '{"message":"overloaded"}', true],
    [429, "slow down", true],
    [400, '{"message":"compilation failed"}', false],
  ])("that says %i is told in a sentence without the token, and whether to try again", async (status, body, later) => {
    on("POST", "/api/v2/query", status, body);
    const error = await target()
      .read(gas)
      .catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(InfluxTrouble);
    expect([(error as InfluxTrouble).later, (error as Error).message.includes(TOKEN)]).toEqual([later, false]);
  });

  it("that redirects is not followed: the token would go to another host", async () => {
    server.answer = (_, reply) => void reply.writeHead(307, { location: "http://127.0.0.1:9/" }).end();
    await expect(target().write(gas, [{ tMs: 0, fields: { consumption: 1 } }])).rejects.toThrow("does not answer");
  });

  const hurried = () =>
    new InfluxTwoTarget({ url: server.url, org: "house", token: TOKEN, bucket: "results", timeoutMs: 300 }, new AbortController().signal);

  it("that hangs in the middle of an answer is let go when its time is over", async () => {
    server.answer = (_, reply) => {
      const drip = setInterval(() => reply.write("a"), 50);
      reply.on("close", () => clearInterval(drip));
    };
    await expect(hurried().exists()).rejects.toThrow("it took longer than 0.3 s");
    await expect(hurried().read(gas)).rejects.toThrow("it took longer than 0.3 s");
  });

  it("that is let go when the pass is told to end, and says so", async () => {
    const work = new AbortController();
    server.answer = () => work.abort();
    const waiting = new InfluxTwoTarget({ url: server.url, org: "o", token: TOKEN, bucket: "b", timeoutMs: 60_000 }, work.signal);
    await expect(waiting.read(gas)).rejects.toThrow("it was told to end");
  });

  it("whose answer has no end is told so, before it fills the memory", async () => {
    server.answer = (_, reply) => {
      const piece = Buffer.alloc(1_048_576, "a");
      const more = (): void => {
        while (!reply.destroyed && reply.write(piece));
      };
      reply.on("drain", more);
      more();
    };
    await expect(target().exists()).rejects.toThrow(/has no end|took longer/);
  });

  it("that repeats the login it was asked with is told without it", async () => {
    for (const status of [400, 500, 200]) {
      server.answer = ({ headers }, reply) =>
        void reply.writeHead(status).end(JSON.stringify({ message: headers["authorization"] }).slice(1));
      const error = await target()
        .exists()
        .catch((problem: unknown) => problem);
      expect(error).toBeInstanceOf(InfluxTrouble);
      expect(String(error)).not.toContain(TOKEN);
    }
  });

  it("that fails in the middle of an answer has not answered", async () => {
    const failed = ["#datatype,string,string", "#group,true,true", "#default,,", ",error,reference", ",out of memory,897", ""].join("\r\n");
    on("POST", "/api/v2/query", 200, ROWS + failed);
    await expect(target().read(gas)).rejects.toThrow("says: out of memory");
  });

  it("is not asked with a token that is none", async () => {
    const asked = new InfluxTwoTarget(
      { url: server.url, org: "o", token: `${TOKEN}\nmore`, bucket: "b", timeoutMs: 5_000 },
      new AbortController().signal,
    );
    const error = await asked.exists().catch((problem: unknown) => problem);
    expect(String(error)).toContain("does not answer");
    expect(String(error)).not.toContain(TOKEN);
  });
});
