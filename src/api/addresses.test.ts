import { expect, test } from "vitest";
import { inRange, isLoopback } from "./addresses.ts";

test.each([
  ["127.0.0.1", true],
  ["127.8.9.1", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["128.0.0.1", false],
  ["::2", false],
  ["127.0.0.1.evil.example", false],
  ["", false],
])("%s is this machine: %s", (address, yes) => expect(isLoopback(address)).toBe(yes));

test.each([
  ["192.168.0.0/16", "192.168.255.1", true],
  ["192.168.0.0/16", "::ffff:192.168.3.4", true],
  ["192.168.0.0/16", "192.169.0.1", false],
  ["10.0.0.5", "10.0.0.5", true],
  ["10.0.0.5", "10.0.0.6", false],
  ["fe80::/10", "fe80::1%eth0", true],
  ["fd00::/8", "10.0.0.1", false],
  ["0.0.0.0/0", "203.0.113.1", true],
  ["0.0.0.0/0", "not an address", false],
])("%s holds %s: %s", (cidr, address, yes) => expect(inRange(cidr)(address)).toBe(yes));

test.each(["192.168.0.0/33", "fd00::/129", "office", "10.0.0.0/", "10.0.0.0/8/8x", "10.0.0.0/-1"])("%s is no range", (cidr) => {
  expect(() => inRange(cidr)).toThrow("is not a network range");
});
