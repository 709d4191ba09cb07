import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt from "mqtt";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Door } from "#intake/door.ts";
import { openMqttDoor } from "#intake/mqtt/door.ts";
import type { TlsConfig } from "#intake/mqtt/wire.ts";
import { outside } from "#test/outside.ts";
import { RecordingLine, RecordingLogger } from "#test/recording-line.ts";
import { until } from "#test/until.ts";
import { openEmbeddedBroker } from "./broker.ts";

const closing: (() => Promise<unknown>)[] = [];
const house = { nowMs: () => Date.now(), random: () => 0.5, logger: new RecordingLogger() };

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function door(url: string, line: RecordingLine, tls?: TlsConfig): Door {
  const opened = openMqttDoor(
    {
      name: "main",
      url,
      clientId: "wattkeep-test",
      filters: ["m/#"],
      sourceOf: () => "meter",
      backoff: { minMs: 5, maxMs: 50 },
      ...(tls === undefined ? {} : { tls }),
    },
    line,
    house,
  );
  closing.push(() => opened.close());
  return opened;
}

describe("a door at our own broker", () => {
  it("falls back to 3.1.1 and takes what devices publish there", async () => {
    const broker = await openEmbeddedBroker(
      { name: "own", host: "127.0.0.1", port: 0, sourceOf: () => "meter" },
      new RecordingLine(),
      house,
    );
    closing.push(() => broker.close());
    const line = new RecordingLine();
    const reader = door(`mqtt://127.0.0.1:${broker.port}`, line);
    await until(() => reader.status().state === "connected" && broker.status().clients === 1);
    const device = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`);
    closing.push(() => device.endAsync());
    await until(() => {
      device.publish("m/a", "one", { qos: 1 });
      return line.arrivals.length > 0;
    });
    expect(reader.status().protocol).toBe("MQTT 3.1.1");
  });
});

outside("openssl")("TLS between a door and our own broker", () => {
  let folder = "";
  let files = { certFile: "", keyFile: "" };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "wattkeep-tls-"));
    files = { certFile: join(folder, "cert.pem"), keyFile: join(folder, "key.pem") };
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-days", "2"];
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", files.keyFile, "-out", files.certFile];
    execFileSync("openssl", ["req", "-x509", ...key, ...subject], { stdio: "ignore" });
    return () => rmSync(folder, { recursive: true, force: true });
  });

  async function connected(tls?: TlsConfig): Promise<Door> {
    const config = { name: "own", host: "127.0.0.1", port: 0, sourceOf: () => "meter", tls: files };
    const broker = await openEmbeddedBroker(config, new RecordingLine(), house);
    closing.push(() => broker.close());
    const opened = door(`mqtts://localhost:${broker.port}`, new RecordingLine(), tls);
    await until(() => opened.status().state !== "starting");
    return opened;
  }

  it("trusts the authority of the file", async () => {
    expect((await connected({ caFile: files.certFile })).status().state).toBe("connected");
  });

  it("trusts nobody without it", async () => {
    expect((await connected()).status()).toMatchObject({ state: "waiting", problem: expect.stringContaining("self-signed") });
  });

  it("trusts exactly the certificate that is pinned", async () => {
    const fingerprint = new X509Certificate(readFileSync(files.certFile)).fingerprint256;
    expect((await connected({ fingerprint })).status().state).toBe("connected");
    const other = await connected({ fingerprint: fingerprint.replace(/^../, fingerprint.startsWith("00") ? "01" : "00") });
    expect(other.status()).toMatchObject({ state: "waiting", problem: expect.stringContaining("not the one configured") });
  });

  it("says which file cannot be read, and finds it once it is there", async () => {
    const caFile = join(folder, "missing.pem");
    const opened = await connected({ caFile });
    expect(opened.status()).toMatchObject({ state: "refused", problem: expect.stringContaining("missing.pem") });
  });
});
