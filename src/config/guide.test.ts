import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import { loadConfig } from "./load.ts";
import { problemText } from "./problem.ts";
import { configSchema } from "./schema.ts";
import { schemaKeys } from "./schema-keys.ts";

const ROOT = new URL("../../", import.meta.url);
const GUIDE = readFileSync(new URL("docs/guides/configuration.md", ROOT), "utf8");

describe("the guide to the configuration", () => {
  it("lists every key there is, and none that is not", () => {
    const listed = [...GUIDE.matchAll(/^\| `([^`]+)` \|.*\|.*\|$/gm)].map((match) => String(match[1]));
    expect(listed.filter((key) => !key.startsWith("WATTKEEP_")).sort()).toEqual(schemaKeys(configSchema).sort());
  });

  it("shows a configuration that is good", () => {
    const [yaml] = [...GUIDE.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => String(match[1]));
    const loaded = loadConfig({ text: yaml ?? "", cwd: fileURLToPath(ROOT), env: { MQTT_PASSWORD: "x" }, dialects: DIALECTS });
    expect(loaded.problems).toBeUndefined();
  });
});

describe("every example", () => {
  const examples = readdirSync(new URL("examples/", ROOT)).sort();

  it("is there", () => {
    expect(examples).toEqual(expect.arrayContaining(["building", "home", "market", "plant"]));
  });

  it.each(examples)("%s has a configuration without problems and a page that tells how to start it", (name) => {
    const file = fileURLToPath(new URL(`examples/${name}/wattkeep.yaml`, ROOT));
    const { problems } = loadConfig({ file, cwd: fileURLToPath(ROOT), env: {}, dialects: DIALECTS });
    expect(problems?.map(problemText) ?? []).toEqual([]);
    const readme = new URL(`examples/${name}/README.md`, ROOT);
    expect(existsSync(readme)).toBe(true);
    expect(readFileSync(readme, "utf8")).toContain(`npm start -- --config examples/${name}/wattkeep.yaml`);
  });
});
