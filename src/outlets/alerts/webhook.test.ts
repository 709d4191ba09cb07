import { afterEach, beforeEach, expect, test } from "vitest";
import { messageOf, SENDING } from "#test/fakes/alert-message.ts";
import { FakeHttpServer } from "#test/fakes/http-server.ts";
import { sentenceOf } from "./channel.ts";
import { webhookChannel } from "./webhook.ts";

let server: FakeHttpServer;
beforeEach(async () => {
  server = await FakeHttpServer.start();
});
afterEach(() => server.stop());

const channelOf = (method: "POST" | "PUT" | "GET" = "POST") => {
  const url = `${server.url}/hook/PATH-SECRET?key=QUERY-SECRET`;
  const headers = new Map([["X-Key", "HEADER-SECRET"]]);
  return webhookChannel({ name: "hook", url, host: new URL(url).host, method, headers });
};

test("the documented JSON is sent with the secret header and an id that stays the same", async () => {
  await channelOf().send(messageOf({ link: "https://meter.example/sources" }), SENDING);
  const [asked] = server.asked;
  expect(asked).toMatchObject({ method: "POST", path: "/hook/PATH-SECRET?key=QUERY-SECRET" });
  expect(asked?.headers).toMatchObject({
    "x-key": "HEADER-SECRET",
    "idempotency-key": "wattkeep-abc-1",
    "content-type": "application/json",
  });
  expect(JSON.parse(asked?.body ?? "")).toEqual({
    id: "wattkeep-abc-1",
    what: "fired",
    rule: "source-silent",
    ruleName: "A source falls silent",
    subject: "home/meter",
    subjectTitle: "Electricity meter",
    severity: "warning",
    title: "Electricity meter has been silent for 10 minutes",
    text: "Nothing has come from Electricity meter for 10 minutes.",
    value: 10,
    unit: "min",
    atMs: 1_772_427_600_000,
    at: "2026-03-02T05:00:00.000Z",
    firedMs: 1_772_427_600_000,
    link: "https://meter.example/sources",
  });
});

test("a value nobody knows is null", async () => {
  await channelOf().send(messageOf({ value: Number.NaN }), SENDING);
  expect(JSON.parse(server.asked[0]?.body ?? "")).toMatchObject({ value: null, link: null });
});

test("a GET says it in the address", async () => {
  await channelOf("GET").send(messageOf(), SENDING);
  const asked = new URL(server.asked[0]?.path ?? "", server.url);
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({ key: "QUERY-SECRET", what: "fired", rule: "source-silent", value: "10" });
  expect(server.asked[0]?.body).toBe("");
});

test("a redirect is not followed, wherever it leads", async () => {
  const other = await FakeHttpServer.start();
  server.say(307, "", { location: `${other.url}/elsewhere` });
  const problem = await channelOf()
    .send(messageOf(), SENDING)
    .catch((error: unknown) => error);
  expect(problem).toMatchObject({ kind: "person", message: expect.stringMatching(/redirect \(307\)/) });
  expect(other.asked).toEqual([]);
  await other.stop();
});

test.each([
  [400, "message"],
  [401, "person"],
  [404, "person"],
  [422, "message"],
  [500, "away"],
  [503, "away"],
] as const)("status %i means: %s", async (status, kind) => {
  server.say(status);
  await expect(channelOf().send(messageOf(), SENDING)).rejects.toMatchObject({ kind });
});

test("a 429 is paused as it asks", async () => {
  server.say(429, "", { "retry-after": "7" });
  await expect(channelOf().send(messageOf(), SENDING)).rejects.toMatchObject({ kind: "away", retryAfterMs: 7_000 });
});

test("no part of the address and no header is told by a problem", async () => {
  server.answer = (_, reply) => void reply.destroy();
  const channel = channelOf();
  const problem = await channel.send(messageOf(), SENDING).catch((error: unknown) => error);
  expect(sentenceOf(problem, channel.secrets)).not.toMatch(/SECRET/);
  expect(channel.target).not.toMatch(/SECRET/);
  expect(sentenceOf(new Error("HEADER-SECRET in /hook/PATH-SECRET?key=QUERY-SECRET"), channel.secrets)).toBe("[secret] in [secret]");
});

test("what hangs is left when it takes too long", async () => {
  server.answer = () => undefined;
  const late = new AbortController();
  const sending = channelOf().send(messageOf(), { ...SENDING, signal: late.signal });
  late.abort();
  await expect(sending).rejects.toMatchObject({ kind: "away", message: expect.stringMatching(/did not answer in time/) });
});
