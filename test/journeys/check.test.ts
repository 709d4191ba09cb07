import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { freePort } from "#test/free-port.ts";
import { Server } from "#test/server.ts";

const GOOD = `
sites:
  home: { name: Home, zone: Europe/Berlin, currency: EUR }
sources:
  meter: { site: home, dialect: tasmota-sml, keepRaw: forever }
`;

const FIVE_MISTAKES = `sites:
  home: { zone: Europe/Berlinn, currency: EUR }
sources:
  meter: { site: hom, dialect: tasmota-sml }
  plugs: { site: home, dialect: tasmota-enrgy }
  water: { site: home, dialect: mapped-json, topics: [house/water], options: { readings: [{ quantity: volume, unit: m3, kind: counter }] }, keepRaw: 90 days }
`;

const COMMANDS = [
  "",
  "serve",
  "demo",
  "stop",
  "check",
  "probe",
  "replay",
  "export",
  "rejects",
  "verify",
  "backup",
  "backups",
  "restore",
  "token",
];

describe("the command line alone", { timeout: 60_000 }, () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start({ yaml: GOOD, mqtt: "embedded:0" });
    await server.end();
  });
  afterAll(async () => {
    await server?.remove();
  });

  test("check finds nothing wrong with a good configuration", async () => {
    const said = await server.command("check");
    expect([said.status, said.out, said.problem]).toEqual([
      0,
      `${join(server.folder, "wattkeep.yaml")}: 1 site, 1 source, no problem.\nMQTT: our own broker.\n`,
      "",
    ]);
    expect(JSON.parse((await server.command("check", "--json")).out)).toEqual({ sites: 1, sources: 1, brokers: [] });
  });

  test("check says which place for backups is missing", async () => {
    const file = join(server.folder, "backups.yaml");
    writeFileSync(file, `${GOOD}\nbackups: { folder: ., to: { folder: ./no-such-stick } }\n`);
    const said = await server.command("check", "--config", file);
    expect([said.status, said.problem]).toEqual([1, "wattkeep: A place for backups is not there.\n"]);
    expect(said.out).toContain(`ok      backups: ${server.folder}\n`);
    expect(said.out).toContain("no-such-stick: the folder is not there; make it, or connect the drive it lies on");
  });

  test("check tells five mistakes at once, each with its place and what to write instead", async () => {
    const file = join(server.folder, "mistakes.yaml");
    writeFileSync(file, FIVE_MISTAKES);
    const said = await server.command("check", "--config", file);
    expect(said.status).toBe(2);
    expect(said.problem).toContain("5 problems in the configuration:");
    for (const line of [2, 4, 5, 6]) expect(said.problem).toContain(`mistakes.yaml:${line}:`);
    expect(said.problem).toContain('"Europe/Berlinn" is not a time zone; write one like Europe/Berlin');
    expect(said.problem).toContain('"tasmota-enrgy" is not a dialect; did you mean "tasmota-energy"?');
  });

  test("check says which broker does not answer, though a server waits for it", async () => {
    const url = `mqtt://127.0.0.1:${await freePort()}`;
    const waiting = await Server.start({ yaml: GOOD, mqtt: url });
    onTestFinished(() => waiting.remove());
    const said = await waiting.command("check");
    expect([said.status, said.out]).toEqual([1, expect.stringMatching(/FAILED .* mqtt:.*: .+/)]);
    expect(said.problem).toContain("A broker does not answer as configured.");
  });

  test("every command explains itself", async () => {
    for (const command of COMMANDS) {
      const said = await server.command(...(command === "" ? [] : [command]), "--help");
      expect([command, said.status, said.problem]).toEqual([command, 0, ""]);
      expect(said.out).toMatch(/^Usage: wattkeep /);
      expect(said.out.split("\n\n")[1]?.length, command).toBeGreaterThan(20);
    }
  });

  test.each([
    ["verify", "--nothing-of-ours"],
    ["nonsense"],
    ["export"],
    ["token", "create", "x", "--role", "king"],
    ["serve", "--config", "/nowhere/wattkeep.yaml"],
  ])("%s %s is wrong use", async (...words) => {
    const said = await server.command(...words);
    expect([said.status, said.out]).toEqual([2, ""]);
    expect(said.problem).toMatch(/^(error|wattkeep): .+/);
    expect(said.problem).not.toMatch(/\n +at /);
  });
});
