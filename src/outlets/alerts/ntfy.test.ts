import { afterEach, beforeEach, expect, test } from "vitest";
import { messageOf, SENDING } from "#test/fakes/alert-message.ts";
import { FakeHttpServer } from "#test/fakes/http-server.ts";
import { ntfyChannel } from "./ntfy.ts";

let server: FakeHttpServer;
beforeEach(async () => {
  server = await FakeHttpServer.start();
});
afterEach(() => server.stop());

const channelOf = (token?: string) =>
  ntfyChannel({ name: "push", url: server.url, topic: "home", ...(token === undefined ? {} : { token }) });

test("a message has a title, a priority, a tag and a page to open", async () => {
  await channelOf("tk_SECRET").send(
    messageOf({ title: "Zähler schweigt", severity: "critical", link: "https://meter.example/home" }),
    SENDING,
  );
  const [asked] = server.asked;
  expect(asked).toMatchObject({ method: "POST", path: "/", headers: { authorization: "Bearer tk_SECRET" } });
  expect(JSON.parse(asked?.body ?? "")).toEqual({
    topic: "home",
    title: "Zähler schweigt",
    message: "Nothing has come from Electricity meter for 10 minutes.",
    priority: 5,
    tags: ["warning"],
    click: "https://meter.example/home",
  });
});

test("what is over is quiet", async () => {
  await channelOf().send(messageOf({ what: "cleared" }), SENDING);
  expect(JSON.parse(server.asked[0]?.body ?? "")).toMatchObject({ priority: 2, tags: ["white_check_mark"] });
  expect(server.asked[0]?.headers).not.toHaveProperty("authorization");
});

test("the server is asked for its health, and a token it does not let in is told", async () => {
  await channelOf("tk_SECRET").check?.(SENDING.signal);
  expect(server.asked[0]?.path).toBe("/v1/health");
  server.say(401);
  await expect(channelOf("tk_SECRET").check?.(SENDING.signal)).rejects.toMatchObject({ kind: "person" });
  server.say(429, "", { "retry-after": "60" });
  await expect(channelOf().send(messageOf(), SENDING)).rejects.toMatchObject({ kind: "away", retryAfterMs: 60_000 });
});
