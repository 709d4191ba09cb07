import { createServer, type Server } from "node:net";
import { afterEach, expect, it } from "vitest";
import { ScriptedBroker } from "#test/scripted-broker.ts";
import { probeBroker } from "./probe.ts";
import { endpointOf } from "./wire.ts";

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serving(server: Server): Promise<string> {
  server.on("connection", (socket) => socket.on("error", () => undefined).resume());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  return typeof address === "object" && address !== null ? `mqtt://127.0.0.1:${address.port}` : "";
}

it.each([0, 1, 5])("a broker that answers CONNECT with code %s is one", async (code) => {
  const broker = await ScriptedBroker.start({ connack: () => ({ code, sessionPresent: false }) });
  closing.push(() => broker.stop());
  expect(await probeBroker(broker.url, 2000)).toBe(true);
});

it("what answers something else, hangs up or says nothing is none", async () => {
  const web = await serving(createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")));
  const mute = await serving(createServer());
  const rude = await serving(createServer((socket) => socket.destroy()));
  expect(await Promise.all([probeBroker(web, 2000), probeBroker(mute, 50), probeBroker(rude, 2000)])).toEqual([false, false, false]);
});

it("an address where nothing listens, or that is none, is none", async () => {
  const url = await serving(createServer());
  await closing.pop()?.();
  expect(await probeBroker(url, 2000)).toBe(false);
  expect(await probeBroker("http://127.0.0.1", 2000)).toBe(false);
  expect(await probeBroker("not an address", 2000)).toBe(false);
});

it.each([
  ["mqtt://broker.example", "broker.example", 1883, false, "mqtt://broker.example:1883"],
  ["mqtts://me:secret@broker.example", "broker.example", 8883, true, "mqtts://broker.example:8883"],
  ["tcp://10.0.0.5:1884", "10.0.0.5", 1884, false, "mqtt://10.0.0.5:1884"],
  ["mqtt://[::1]:1883", "::1", 1883, false, "mqtt://[::1]:1883"],
])("%s is read as host, port and encryption, and shown without credentials", (url, host, port, encrypted, address) => {
  expect(endpointOf({ url })).toEqual({ host, port, encrypted, address });
});

it("an address of another scheme is refused in words", () => {
  expect(() => endpointOf({ url: "http://broker.example" })).toThrow("begins with mqtt:// or mqtts://");
});
