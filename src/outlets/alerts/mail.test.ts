import { afterEach, beforeEach, expect, test } from "vitest";
import { messageOf, SENDING } from "#test/fakes/alert-message.ts";
import { FakeSmtpServer, type SmtpMood } from "#test/fakes/smtp-server.ts";
import { type Channel, sentenceOf } from "./channel.ts";
import { type MailSettings, mailChannel } from "./mail.ts";

const PASSWORD = "pass-SECRET";
let server: FakeSmtpServer;
let opened: Channel[] = [];
beforeEach(async () => {
  server = await FakeSmtpServer.start();
});
afterEach(async () => {
  for (const channel of opened) await channel.close();
  opened = [];
  await server.stop();
});

function channelOf(more: Partial<MailSettings> = {}): Channel {
  const login = { user: "ops", password: PASSWORD };
  const where = { name: "mail", host: "127.0.0.1", port: server.port, secure: false, requireTls: false };
  const channel = mailChannel({
    ...where,
    ...login,
    from: "Wattkeep <meter@example.org>",
    to: ["a@example.org", "b@example.org"],
    ...more,
  });
  opened.push(channel);
  return channel;
}

const headerOf = (data: string, name: string) => new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, "im").exec(data)?.[1];

test("a mail goes to everybody, with the same id in every attempt", async () => {
  await channelOf().send(messageOf({ severity: "critical", link: "https://meter.example/sources" }), SENDING);
  const [mail] = server.mails;
  expect(mail?.from).toContain("meter@example.org");
  expect(mail?.to).toHaveLength(2);
  expect(headerOf(mail?.data ?? "", "Subject")).toBe("Wattkeep: Electricity meter has been silent for 10 minutes");
  expect(headerOf(mail?.data ?? "", "Message-ID")).toBe("<wattkeep-abc-1@example.org>");
  expect(headerOf(mail?.data ?? "", "Auto-Submitted")).toBe("auto-generated");
  expect(mail?.data).toContain("https://meter.example/sources");
  expect(server.logins).toEqual([`\0ops\0${PASSWORD}`]);
});

test("no line break of a title makes a header", async () => {
  await channelOf().send(messageOf({ title: "Meter\r\nBcc: thief@example.org\r\n\r\nHello\u2028x" }), SENDING);
  const [mail] = server.mails;
  expect(headerOf(mail?.data ?? "", "Bcc")).toBeUndefined();
  expect(mail?.to).toHaveLength(2);
  expect(mail?.data).toMatch(/^Subject: Wattkeep: Meter Bcc: thief/m);
});

test("the server is asked whether it lets us in, without a mail", async () => {
  await channelOf().check?.(SENDING.signal);
  expect(server.mails).toEqual([]);
  expect(server.logins).toHaveLength(1);
});

test.each([
  ["wrong-password", "person"],
  ["refuses-address", "person"],
  ["refuses-mail", "message"],
  ["busy", "away"],
] as const)("a server in the mood %s: %s", async (mood: SmtpMood, kind) => {
  server.mood = mood;
  const channel = channelOf();
  const problem = await channel.send(messageOf(), SENDING).catch((error: unknown) => error);
  expect(problem).toMatchObject({ kind });
  expect(sentenceOf(problem, channel.secrets)).not.toContain("SECRET");
});

test("an address that alone is refused is told, and the others do not get the mail again", async () => {
  server.mood = "refuses-one";
  await expect(channelOf().send(messageOf(), SENDING)).rejects.toMatchObject({
    kind: "message",
    message: `127.0.0.1:${server.port} took the mail for the others and refused an address: 550 no such user.`,
  });
  expect(server.mails.map(({ to }) => to.length)).toEqual([1]);
});

test("no password is sent to a server without TLS where TLS is asked for", async () => {
  await expect(channelOf({ requireTls: true }).send(messageOf(), SENDING)).rejects.toMatchObject({ kind: "person" });
  expect(server.logins).toEqual([]);
});

test("a server that hangs is left when it takes too long", async () => {
  server.mood = "silent";
  const late = new AbortController();
  const sending = channelOf().send(messageOf(), { ...SENDING, signal: late.signal });
  late.abort();
  await expect(sending).rejects.toMatchObject({ kind: "away", message: expect.stringMatching(/did not answer in time/) });
});

test("a server that is not there is tried again", async () => {
  const { port } = server;
  await server.stop();
  await expect(channelOf({ port }).send(messageOf(), SENDING)).rejects.toMatchObject({
    kind: "away",
    message: `127.0.0.1:${port}: nothing answers at this address.`,
  });
  server = await FakeSmtpServer.start();
});
