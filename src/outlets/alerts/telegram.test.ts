import { afterEach, beforeEach, expect, test } from "vitest";
import { messageOf, SENDING } from "#test/fakes/alert-message.ts";
import { FakeHttpServer } from "#test/fakes/http-server.ts";
import { type Channel, sentenceOf } from "./channel.ts";
import { telegramChannel } from "./telegram.ts";

const TOKEN = "123456:AAF-secret_of_the_bot";
let server: FakeHttpServer;
let channel: Channel;
beforeEach(async () => {
  server = await FakeHttpServer.start();
  server.say(200, '{"ok":true,"result":{}}');
  channel = telegramChannel({ name: "phone", botToken: TOKEN, chatId: "-100123", apiUrl: server.url });
});
afterEach(() => server.stop());

const send = (more = {}) => channel.send(messageOf(more), SENDING);

test("the message goes to the chat as plain text, with the page's address", async () => {
  await send({ title: "Cellar <b>is_wet*", link: "https://meter.example/sources" });
  expect(server.asked).toMatchObject([{ method: "POST", path: `/bot${TOKEN}/sendMessage` }]);
  const body = JSON.parse(server.asked[0]?.body ?? "");
  expect(body).toMatchObject({ chat_id: "-100123", disable_notification: false });
  expect(body.text).toBe("⚠️ Cellar <b>is_wet*\n\nNothing has come from Electricity meter for 10 minutes.\n\nhttps://meter.example/sources");
  expect(body).not.toHaveProperty("parse_mode");
});

test("that something is over comes without a sound", async () => {
  await send({ what: "cleared" });
  expect(JSON.parse(server.asked[0]?.body ?? "")).toMatchObject({ disable_notification: true });
});

test("a long message fits", async () => {
  await send({ text: "x".repeat(9_000) });
  expect(JSON.parse(server.asked[0]?.body ?? "").text.length).toBeLessThan(4_096);
});

test("a good token is found to be good without telling anybody", async () => {
  await channel.check?.(SENDING.signal);
  expect(server.asked).toMatchObject([{ method: "GET", path: `/bot${TOKEN}/getMe` }]);
});

test.each([401, 404])("a wrong token (%i) is for a person to mend, and is not repeated", async (status) => {
  server.say(status, '{"ok":false,"description":"Unauthorized"}');
  const problem = await channel.check?.(SENDING.signal).catch((error: unknown) => error);
  expect(problem).toMatchObject({ kind: "person" });
  expect(sentenceOf(problem, channel.secrets)).toBe(
    "Telegram does not know this bot: the token is wrong or was revoked. Ask @BotFather for it.",
  );
});

test("too many messages are paused for as long as Telegram asks", async () => {
  server.say(429, '{"ok":false,"description":"Too Many Requests","parameters":{"retry_after":35}}');
  await expect(send()).rejects.toMatchObject({ kind: "away", retryAfterMs: 35_000 });
});

test("a chat the bot may not write to is for a person to mend", async () => {
  server.say(400, '{"ok":false,"description":"Bad Request: chat not found"}');
  await expect(send()).rejects.toMatchObject({ kind: "person" });
  server.say(403, '{"ok":false,"description":"Forbidden: bot was blocked by the user"}');
  await expect(send()).rejects.toMatchObject({ kind: "person" });
});

test.each([
  ["nonsense", 200, "<html>"],
  ["a fault", 502, ""],
  ["a refusal", 200, '{"ok":false}'],
])("%s of the server is told in words without the token", async (_, status, body) => {
  server.say(status, body);
  const problem = await send().catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Error);
  expect(sentenceOf(problem, channel.secrets)).not.toContain("secret");
});

test("a server that is away is tried again", async () => {
  await server.stop();
  await expect(send()).rejects.toMatchObject({ kind: "away", message: expect.stringMatching(/nothing answers/) });
  server = await FakeHttpServer.start();
});
