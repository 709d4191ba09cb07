import type { NetworkInterfaceInfo } from "node:os";
import { expect, test } from "vitest";
import type { Config } from "#config/config.ts";
import { addressesOf } from "./reached-at.ts";

const http = (parts: Partial<Config["http"]>): Pick<Config, "http"> => ({
  http: { listen: { host: "0.0.0.0", port: 8080 }, publicHosts: [], allowedOrigins: [], trustProxy: [], basePath: "", ...parts },
});

const card = (address: string, family: "IPv4" | "IPv6" = "IPv4", internal = false): NetworkInterfaceInfo =>
  ({ address, family, internal, netmask: "", mac: "", cidr: null, ...(family === "IPv6" ? { scopeid: 0 } : {}) }) as NetworkInterfaceInfo;

const PI = {
  lo: [card("127.0.0.1", "IPv4", true), card("::1", "IPv6", true)],
  docker0: [card("172.17.0.1")],
  eth0: [card("fe80::1", "IPv6"), card("fd00::5", "IPv6"), card("192.168.1.20")],
  wlan0: [card("169.254.3.4")],
};

test("a server that listens everywhere is reached at the card people plugged in, number first, containers last", () => {
  expect(addressesOf(http({}), PI)).toEqual({
    urls: ["http://192.168.1.20:8080", "http://[fd00::5]:8080", "http://172.17.0.1:8080"],
    host: "192.168.1.20",
  });
});

test("a public name behind a proxy comes first, by TLS, with its base path", () => {
  const config = http({
    listen: { host: "127.0.0.1", port: 8080 },
    publicHosts: ["energy.example"],
    trustProxy: ["127.0.0.1/32"],
    basePath: "/wattkeep",
  });
  expect(addressesOf(config, PI).urls).toEqual(["https://energy.example/wattkeep"]);
});

test("a public name without a proxy has the port people have to type, unless it says one", () => {
  expect(addressesOf(http({ publicHosts: ["meter.lan", "meter.lan:8443"] }), {}).urls).toEqual([
    "http://meter.lan:8080",
    "http://meter.lan:8443",
  ]);
});

test("one address of its own is that one", () => {
  expect(addressesOf(http({ listen: { host: "192.168.7.7", port: 80 } }), PI).urls).toEqual(["http://192.168.7.7:80"]);
});

test("what nobody else reaches is said, with what to do", () => {
  expect(() => addressesOf(http({ listen: { host: "127.0.0.1", port: 8080 } }), PI)).toThrow(/Set http.listen to 0.0.0.0:8080/);
  expect(() => addressesOf(http({}), { lo: PI.lo })).toThrow(/--url/);
});
