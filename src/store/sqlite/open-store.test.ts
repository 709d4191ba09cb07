import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { batchOf, EVER, pairs, START_MS } from "#store/contract/world.ts";
import { openWriter, storeFile } from "./connection.ts";
import { openStore } from "./sqlite-store.ts";

const workerUrl = new URL("../../../dist/store-worker.js", import.meta.url);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-open-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each([{ inProcess: true }, { inProcess: false }])("opening a store, %o", ({ inProcess }) => {
  const open = () => openStore({ folder, inProcess, workerUrl });

  test("a second opener is told who has it, and may come back later", async () => {
    const store = await open();
    await expect(open()).rejects.toMatchObject({ code: "locked", message: expect.stringContaining(`process (${process.pid})`) });
    await store.close();
    await (await open()).close();
  });

  test("what cannot be opened says why, and lets go of the folder", async () => {
    writeFileSync(storeFile(folder), "not a database, however long one looks at it. ".repeat(50));
    await expect(open()).rejects.toMatchObject({ name: "StoreError", code: "damaged", message: expect.stringContaining("wattkeep.db") });
    rmSync(storeFile(folder));
    await (await open()).close();
    const db = openWriter(folder);
    db.exec("PRAGMA user_version = 99");
    db.close();
    await expect(open()).rejects.toMatchObject({ code: "newer-format", message: expect.stringContaining("format 99") });
  });

  test("closing answers what was asked before, refuses what comes after, and may be said twice", async () => {
    const store = await open();
    const asked = Array.from({ length: 10 }, (_, i) => store.append(batchOf([[1, START_MS + i, i]])));
    const [closed, again] = [store.close(), store.close()];
    await expect(store.append(batchOf([[1, START_MS, 1]]))).rejects.toMatchObject({ code: "closed" });
    await expect(store.verify()).rejects.toMatchObject({ code: "closed" });
    expect((await Promise.all(asked)).length).toBe(10);
    await Promise.all([closed, again]);
    const reopened = await open();
    expect(pairs(await reopened.read(1, EVER))).toHaveLength(10);
    await reopened.close();
  });

  test("two opened one after the other in other folders do not know each other", async () => {
    const [one, two] = await Promise.all([open(), openStore({ folder: join(folder, "two"), inProcess, workerUrl })]);
    await one.saveSetting("a", "1");
    expect(await two.setting("a")).toBeUndefined();
    await Promise.all([one.close(), two.close()]);
  });
});

test.skipIf(process.platform === "win32")("only the owner may look into a data folder that we made, and into a backup", async () => {
  const data = join(folder, "made", "data");
  const store = await openStore({ folder: data, inProcess: true });
  await store.backup(join(folder, "copy.db"));
  await store.close();
  const modes = [data, join(folder, "copy.db")].map((path) => statSync(path).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600]);
});

test("a worker that is not there is an error, not silence", async () => {
  await expect(openStore({ folder, workerUrl: new URL("./missing.js", import.meta.url) })).rejects.toMatchObject({ code: "closed" });
  await (await openStore({ folder, inProcess: true })).close();
});

test("a worker that ends by itself says so once, and what is asked then is refused", async () => {
  const dying = `import { parentPort } from "node:worker_threads";
    parentPort.on("message", () => { throw new Error("out of memory"); });
    parentPort.postMessage({ type: "answer", id: 0, value: undefined });`;
  const told: string[] = [];
  const workerUrl = new URL(`data:text/javascript,${encodeURIComponent(dying)}`);
  const store = await openStore({ folder, workerUrl, stopped: (sentence) => told.push(sentence) });
  const refused = { code: "closed", message: "The store stopped: out of memory. Start Wattkeep again." };
  await expect(store.ledger()).rejects.toMatchObject(refused);
  await expect(store.ledger()).rejects.toMatchObject(refused);
  expect(told).toEqual([refused.message]);
  await store.close();
  expect(told).toHaveLength(1);
});
