import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadConfig } from "#config/load.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { VIEWS } from "#outlets/azure-sql/check.ts";
import { type SqlColumn, TABLES } from "#outlets/azure-sql/tables.ts";
import { MEASUREMENTS } from "#outlets/influx/meter-points.ts";

const text = (file: string): string => readFileSync(file, "utf8");
const scripts = readdirSync("deploy/windows").filter((name) => name.endsWith(".ps1"));
const guide = text("docs/guides/windows.md");

describe("scripts for Windows", () => {
  test("are there", () =>
    expect(scripts.toSorted()).toEqual(["common.ps1", "install.ps1", "remove.ps1", "run.ps1", "smoke-test.ps1", "update.ps1"]));

  test.each(scripts)("%s has a row in the guide with each of its parameters, and no other", (name) => {
    const row = guide.split("\n").find((line) => line.startsWith(`| \`${name}\` |`)) ?? "";
    const listed = [...row.matchAll(/`-(\w+)`/g)].map((match) => match[1]);
    expect(listed).toEqual(parametersOf(text(`deploy/windows/${name}`)));
  });

  test.each(scripts.filter((name) => name !== "common.ps1"))("%s documents what it does and every parameter", (name) => {
    const source = text(`deploy/windows/${name}`);
    expect(source).toMatch(/^<#\n\.SYNOPSIS\n/);
    const documented = [...source.matchAll(/^\.PARAMETER (\w+)$/gm)].map((match) => match[1]);
    expect(documented).toEqual(parametersOf(source));
  });

  test("every script a guide or a script names exists", () => {
    const pages = readdirSync("docs/guides").map((name) => text(`docs/guides/${name}`));
    const named = [...pages, ...scripts.map((name) => text(`deploy/windows/${name}`))].flatMap((page) => page.match(/[\w-]+\.ps1/g) ?? []);
    expect(named.length).toBeGreaterThan(10);
    expect([...new Set(named)].filter((name) => !scripts.includes(name))).toEqual([]);
  });

  test("they read in Windows PowerShell 5.1: plain ASCII, none of the later operators", () => {
    const later = [/\?\?/, /&&/, /\|\|/, /\?\./, /-Parallel\b/, /\bternary\b/, / \? .+ : /];
    for (const name of scripts) {
      const source = text(`deploy/windows/${name}`);
      expect([...source].filter((character) => character.charCodeAt(0) > 126)).toEqual([]);
      expect(later.filter((pattern) => pattern.test(source))).toEqual([]);
      expect(source).not.toContain("\t");
    }
  });

  test("quotes, braces and brackets are closed", () => {
    for (const name of scripts) {
      const bare = bareCode(text(`deploy/windows/${name}`));
      for (const [open, close] of ["{}", "()", "[]"])
        expect([name, open, bare.split(open as string).length]).toEqual([name, open, bare.split(close as string).length]);
    }
  });

  test("no path of a developer's machine, no secret, nothing downloaded unchecked", () => {
    const all = scripts.map((name) => text(`deploy/windows/${name}`)).join("\n");
    expect(all).not.toMatch(/[A-Z]:\\Users\\|\/home\/|localhost:\d/);
    expect(all).not.toMatch(/\$\w*(?:password|secret|token)\w*\s*=\s*['"][^'"]+['"]/i);
    const downloads = all.match(/Invoke-WebRequest[^\n]*-OutFile/g) ?? [];
    expect(downloads).toHaveLength(1);
    expect(all).toMatch(/\$WinSwSha256 = '[0-9A-F]{64}'/);
    expect(all).toContain("Get-FileHash");
  });
});

/** Names in the script's own param block, in order. */
function parametersOf(source: string): string[] {
  const block = /^param\(\n([\s\S]*?)^\)/m.exec(source)?.[1] ?? "";
  return [...block.matchAll(/\]\$(\w+)/g)].map((match) => match[1] as string);
}

/** A script without comments and texts. */
function bareCode(source: string): string {
  return source
    .replaceAll(/<#[\s\S]*?#>/g, "")
    .replaceAll(/@"[\s\S]*?\n"@/g, "")
    .replaceAll(/'[^'\n]*'/g, "")
    .replaceAll(/"[^"\n]*"/g, "")
    .replaceAll(/#.*$/gm, "");
}

describe("scripts for SQL Server", () => {
  const sql = (name: string): string => text(`deploy/sql/${name}`);

  /** As the script writes the type of a column. */
  function written({ name, type }: SqlColumn): RegExp {
    const sizes = { DateTime2: "scale", NVarChar: "length", Char: "length" } as const;
    const size =
      type.name === "Decimal"
        ? `\\(${type.precision},${type.scale}\\)`
        : type.name in sizes
          ? `\\(${(type as unknown as Record<string, number>)[sizes[type.name as keyof typeof sizes]]}\\)`
          : "";
    return new RegExp(`^    ${name} +${type.name.toLowerCase()}${size} `, "m");
  }

  test.each(TABLES)("make $name with the columns and types the mirror writes", ({ name, key, columns, stamp }) => {
    const body = sql("001_tables.sql").split(`CREATE TABLE ${name} (`)[1]?.split("\n);")[0] ?? "";
    for (const column of [key, ...columns]) expect(body).toMatch(written(column));
    if (stamp !== undefined) expect(body).toContain(`    ${stamp} `);
    expect(body).toContain(`PRIMARY KEY CLUSTERED (${key.name})`);
  });

  test("make every view the check asks for, and let the dashboard read each, and each table", () => {
    const made = [...sql("003_views.sql").matchAll(/CREATE OR ALTER VIEW dbo\.(\w+)/g)].map((match) => match[1]);
    expect(made).toEqual([...VIEWS]);
    const readable = [...sql("005_grants.sql").matchAll(/^GRANT SELECT ON (dbo\.\w+) +TO kyz_dashboard;$/gm)].map((match) => match[1]);
    expect(readable.toSorted()).toEqual([...TABLES.map(({ name }) => name), ...VIEWS.map((name) => `dbo.${name}`)].toSorted());
  });

  test("hold no password, and are listed in order", () => {
    const files = readdirSync("deploy/sql").filter((name) => name.endsWith(".sql"));
    const listed = [...text("deploy/sql/README.md").matchAll(/^\| `(\w+\.sql)`/gm)].map((match) => match[1]);
    expect(listed).toEqual(files.toSorted());
    for (const file of files) expect(sql(file)).not.toMatch(/PASSWORD = N?'(?!\$\(|\.\.\.')/);
  });
});

describe("scripts for Linux", () => {
  const folder = "deploy/linux";
  const shell = readdirSync(folder).filter((name) => name.endsWith(".sh"));
  const linuxGuide = text("docs/guides/linux.md");

  test.each(shell)("%s is what a shell can read", (name) => {
    expect(spawnSync("bash", ["-n", `${folder}/${name}`], { encoding: "utf8" }).stderr).toBe("");
  });

  test.each(shell.filter((name) => name !== "common.sh"))("%s has a row in the guide with each of its options, and no other", (name) => {
    const row = linuxGuide.split("\n").find((line) => line.startsWith(`| \`${name}\` |`)) ?? "";
    const listed = [...row.matchAll(/`(--[\w-]+)`/g)].map((match) => match[1]);
    const known = [...text(`${folder}/${name}`).matchAll(/^ {2,4}((?:--[\w-]+(?: \| )?)+)\)/gm)].flatMap((match) =>
      (match[1] ?? "").split(" | "),
    );
    expect(listed.toSorted()).toEqual([...new Set(known)].toSorted());
  });

  test("the unit runs an account of its own that may write one folder, and starts again", () => {
    const unit = text(`${folder}/wattkeep.service`);
    for (const line of [
      "User=wattkeep",
      "NoNewPrivileges=yes",
      "ProtectSystem=strict",
      "ReadWritePaths=@DATA@",
      "CapabilityBoundingSet=",
      "Restart=always",
    ])
      expect(unit.split("\n")).toContain(line);
    const filled = [...text(`${folder}/install.sh`).matchAll(/s\|(@\w+@)\|/g)].map((match) => match[1]);
    expect([...new Set(unit.match(/@[A-Z_]+@/g))].toSorted()).toEqual(filled.toSorted());
  });
});

describe("files for Docker", () => {
  const compose = parse(text("deploy/docker/compose.yaml")) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
    secrets: Record<string, { file: string }>;
  };
  const dockerfile = text("deploy/docker/Dockerfile");

  test("nobody runs as root, and each container says whether it is well", () => {
    expect(dockerfile.lastIndexOf("\nUSER node")).toBeGreaterThan(dockerfile.lastIndexOf("\nFROM"));
    expect(dockerfile).toMatch(/^HEALTHCHECK .*\/?\n.*healthz/m);
    for (const service of Object.values(compose.services)) expect(service.cap_drop).toEqual(["ALL"]);
    expect(Object.keys(compose.services).toSorted()).toEqual(["grafana", "influxdb", "mosquitto", "wattkeep"]);
  });

  test("what only some want starts only for them, and images are of a version", () => {
    const asked = Object.entries(compose.services).filter(([, { profiles }]) => profiles !== undefined);
    expect(asked.map(([name]) => name)).toEqual(["influxdb", "grafana"]);
    for (const { image } of Object.values(compose.services)) if (image !== undefined) expect(image).toMatch(/:\d/);
  });

  test("secrets are files, each is declared, and none stands in the text", () => {
    const used = Object.values(compose.services).flatMap(({ secrets }) => secrets ?? []);
    expect(used.filter((name) => !(name in compose.secrets))).toEqual([]);
    for (const name of Object.keys(compose.secrets)) expect(used).toContain(name);
    for (const { file } of Object.values(compose.secrets)) expect(text("docs/guides/docker.md")).toContain(file.replace("./secrets/", ""));
    for (const { environment = {} } of Object.values(compose.services))
      for (const [name, value] of Object.entries(environment))
        if (/PASSWORD|TOKEN/.test(name))
          expect([name, value]).toEqual([expect.stringMatching(/_FILE$/), expect.stringMatching(/^\/run\/secrets\//)]);
  });

  test("readings and what waits in the broker are in volumes, and every file that is mounted is there", () => {
    const mounts = Object.values(compose.services).flatMap((service) => service.volumes);
    for (const name of Object.keys(compose.volumes)) expect(mounts.some((mount) => mount.startsWith(`${name}:`))).toBe(true);
    const files = mounts.map((mount) => mount.split(":")[0] ?? "").filter((path) => /^\.\.?\//.test(path) && !path.includes("secrets"));
    expect(files.map((path) => existsSync(`deploy/docker/${path}`))).toEqual(files.map(() => true));
  });

  test.each(["wattkeep.yaml", "flats.yaml"])("the server takes the configuration %s", (name) => {
    const file = resolve(`deploy/docker/${name}`);
    const env = { MQTT_PASSWORD: "a secret", INFLUX_TOKEN: "another" };
    const { problems, config } = loadConfig({ file, cwd: process.cwd(), dialects: DIALECTS, env });
    expect(problems).toBeUndefined();
    expect(config?.http.listen).toMatchObject({ host: "0.0.0.0", port: 8080 });
    expect(compose.services["wattkeep"]?.environment).toHaveProperty("MQTT_PASSWORD_FILE");
  });
});

interface Service {
  readonly volumes: string[];
  readonly image?: string;
  readonly cap_drop: string[];
  readonly profiles?: string[];
  readonly secrets?: string[];
  readonly environment?: Record<string, string>;
}

describe("files for Grafana", () => {
  const dashboards = readdirSync("deploy/grafana/dashboards").map((name) => text(`deploy/grafana/dashboards/${name}`));
  const { datasources } = parse(text("deploy/grafana/provisioning/datasources/wattkeep.yaml")) as {
    datasources: { uid: string; secureJsonData: Record<string, string> }[];
  };

  test("dashboards ask the sources that are set up, and logins come from files", () => {
    const known = new Set(datasources.map(({ uid }) => uid));
    const asked = dashboards.flatMap((board) => [
      ...board.matchAll(/"type": "(?:influxdb|yesoreyeram-infinity-datasource)",\s+"uid": "([^"]+)"/g),
    ]);
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.map((match) => match[1]).filter((uid) => !known.has(uid as string))).toEqual([]);
    for (const { secureJsonData } of datasources)
      for (const value of Object.values(secureJsonData)) expect(value).toMatch(/^\$__file\{\/run\/secrets\/[a-z-]+\}$/);
  });

  test("dashboards name measurements that are written, and routes that there are", () => {
    const asked = dashboards.flatMap((board) => [...board.matchAll(/_measurement == \\"([a-z_]+)\\"/g)].map((match) => match[1] as string));
    expect(new Set(asked)).toEqual(new Set(MEASUREMENTS.filter((name) => name !== "meter_interpolated_monthly")));
    const routes = dashboards.flatMap((board) => [...board.matchAll(/"url": "(\/[^"?]+)/g)].map((match) => match[1] as string));
    expect(new Set(routes)).toEqual(new Set(["/meters", ["/meters/$", "{meter}/consumption"].join(""), "/anomalies"]));
  });

  test("every panel has a title, a place of its own, and no two boards one name", () => {
    const boards = dashboards.map((board) => JSON.parse(board) as { uid: string; panels: { id: number; title: string }[] });
    expect(new Set(boards.map(({ uid }) => uid)).size).toBe(boards.length);
    for (const { panels } of boards) {
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      for (const { title } of panels) expect(title).not.toBe("");
    }
  });
});
