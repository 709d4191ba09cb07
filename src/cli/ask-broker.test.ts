import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { askBroker, brokerVariables } from "./ask-broker.ts";

const NOW = { host: "localhost", port: 1883 };

/** A terminal at which these lines are typed, each as soon as something is asked. */
function typed(lines: readonly string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = new PassThrough();
  const rest = [...lines];
  let said = "";
  output.on("data", (text: Buffer) => {
    said += text.toString("utf8");
    if (!said.trimEnd().endsWith(":")) return;
    const line = rest.shift();
    if (line === undefined) input.end();
    else setImmediate(() => input.write(`${line}\n`));
  });
  return { input, output, said: () => said };
}

it("asks for host and port, and asks again for what is none", async () => {
  const terminal = typed(["not a host!", "10.0.0.9", "70000", "1884"]);
  expect(await askBroker(NOW, terminal)).toEqual({ host: "10.0.0.9", port: 1884 });
  expect(terminal.said()).toContain("MQTT host [localhost]: ");
  expect(terminal.said().match(/MQTT port \[1883\]: /g)).toHaveLength(2);
});

it("keeps what is set where only Enter is pressed", async () => {
  expect(await askBroker(NOW, typed(["", ""]))).toEqual(NOW);
});

it("starts nothing where nobody answers, and never waits for nobody", async () => {
  await expect(askBroker(NOW, typed(["10.0.0.9"]))).rejects.toThrow("nothing is started");
  await expect(askBroker(NOW, { input: new PassThrough(), output: new PassThrough() })).rejects.toThrow("needs a person at a terminal");
});

it("puts the answer where the configuration reads it", () => {
  const folder = mkdtempSync(join(tmpdir(), "wattkeep-ask-"));
  const file = join(folder, "config.yaml");
  writeFileSync(file, "site_name: Shop\nmqtt: { host: localhost }\n");
  expect(brokerVariables(file, { host: "box", port: 1884 })).toEqual({ MQTT_HOST: "box", MQTT_PORT: "1884" });
  writeFileSync(file, "mqtt: auto\n");
  expect(brokerVariables(file, { host: "fe80::1", port: 1884 })).toEqual({ WATTKEEP_MQTT: "mqtt://[fe80::1]:1884" });
  expect(brokerVariables(undefined, { host: "box", port: 1883 })).toEqual({ WATTKEEP_MQTT: "mqtt://box:1883" });
  rmSync(folder, { recursive: true });
});
