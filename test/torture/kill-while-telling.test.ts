import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { childProgram, ended } from "#test/child-program.ts";
import { FakeHttpServer } from "#test/fakes/http-server.ts";

let program: string;
let folder: string;
let server: FakeHttpServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-telling-"));
  server = await FakeHttpServer.start();
  program = await childProgram(new URL("../fakes/alert-child.ts", import.meta.url));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function start(title = ""): ChildProcess {
  const env = { ...process.env, WATTKEEP_ALERT_CHILD: "1" };
  return spawn(process.execPath, [program, folder, `${server.url}/hook`, title], { env, stdio: ["ignore", "ignore", "inherit"] });
}

async function deliveries() {
  const store = await openStore({ folder, inProcess: true });
  const rows = await store.alertDeliveries();
  await store.close();
  return rows.map(({ result, tries }) => ({ result, tries }));
}

test("a kill between sending and marking sends once more under the same id, and nothing is lost or sent a third time", async () => {
  // The other side has taken it: the program dies before it hears so.
  server.answer = () => void killed.kill("SIGKILL");
  const killed = start("one");
  expect(await ended(killed)).toBe("SIGKILL");
  expect(server.asked).toHaveLength(1);
  expect(await deliveries()).toEqual([{ result: "waiting", tries: 0 }]);

  server.say(200);
  expect(await ended(start())).toBe(0);
  expect(server.asked).toHaveLength(2);
  expect(new Set(server.asked.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  expect(await deliveries()).toEqual([{ result: "sent", tries: 1 }]);

  expect(await ended(start("two"))).toBe(0);
  expect(server.asked.map(({ body }) => JSON.parse(body).title)).toEqual(["one", "one", "two"]);
  expect(await deliveries()).toEqual([
    { result: "sent", tries: 1 },
    { result: "sent", tries: 1 },
  ]);
});
