import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
// @ts-expect-error: the table is plain JavaScript, so that it runs before anything is installed
import { ROOMS as TABLE } from "#tools/rooms.mjs";
import { lintPlants } from "./biome.ts";

const ROOMS = TABLE as { name: string; pure?: boolean; allow: string[] }[];
const GOVERNED = ROOMS.filter((room) => !room.allow.includes("**"));
const PACKAGES = ["fastify", "zod", "mqtt", "aedes", "react", "yaml", "@photostructure/sqlite", "node:fs", "fs", "left-pad"];

const importing = (specifier: string, form = 0): string => {
  const forms = [
    `import { x } from "${specifier}";\nx();\n`,
    `import type { X } from "${specifier}";\nexport type Y = X;\n`,
    `export { x } from "${specifier}";\n`,
    `export const x = () => import("${specifier}");\n`,
  ];
  return forms[form % forms.length] as string;
};

const allows = (room: { allow: string[] }, specifier: string): boolean =>
  room.allow.some((glob) =>
    glob === "node:*" ? specifier.startsWith("node:") : glob.endsWith("/**") ? specifier.startsWith(glob.slice(0, -2)) : glob === specifier,
  );

const refused = (plants: Record<string, string>, rule: string): Set<string> =>
  new Set(lintPlants(plants).flatMap((finding) => (finding.rule === rule ? [finding.path] : [])));

describe("the import law", () => {
  test("every folder under src is a room of the table, and every room has a folder", () => {
    const folders = readdirSync("src", { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
    expect(folders.length).toBeGreaterThanOrEqual(12);
    expect(folders.toSorted()).toEqual(ROOMS.map((room) => room.name).toSorted());
  });

  test("the generated lists are what the table says", async () => {
    const { spawnSync } = await import("node:child_process");
    expect(spawnSync(process.execPath, ["tools/rooms.mjs", "--check"], { encoding: "utf8" })).toMatchObject({ status: 0 });
  });

  test("every planted pair of rooms is refused or let through as the table says, in each form of import", () => {
    const plants: Record<string, string> = {};
    const wanted = new Set<string>();
    let form = 0;
    for (const room of GOVERNED) {
      const targets = [
        ...ROOMS.filter((other) => other !== room).map((other) => `#${other.name}/plant.ts`),
        ...PACKAGES,
        "#store/sqlite/plant.ts",
      ];
      for (const target of targets.filter((specifier) => !specifier.startsWith(`#${room.name}/`))) {
        const path = `src/${room.name}/plant-${Object.keys(plants).length}.ts`;
        plants[path] = importing(target, form++);
        if (!allows(room, target)) wanted.add(path);
      }
    }
    expect(Object.keys(plants).length).toBeGreaterThan(250);
    expect(wanted.size).toBeGreaterThan(150);
    expect(refused(plants, "style/noRestrictedImports")).toEqual(wanted);
  });

  test("the browser program sees the contract, never a server room or Node", () => {
    const plants = {
      "web/good.tsx": importing("#contract/names.ts") + importing("react", 3).replace("x", "z"),
      "web/store.tsx": importing("#store/store.ts", 1),
      "web/node.tsx": importing("node:fs"),
      "web/fastify.tsx": importing("fastify"),
    };
    expect(refused(plants, "style/noRestrictedImports")).toEqual(new Set(["web/store.tsx", "web/node.tsx", "web/fastify.tsx"]));
  });

  test("a path upwards is refused everywhere, tests included", () => {
    const plants = { "src/units/a.ts": importing("../series/column.ts"), "test/a.test.ts": importing("../src/units/a.ts") };
    expect(refused(plants, "style/noRestrictedImports")).toEqual(new Set(Object.keys(plants)));
  });
});

describe("the walls", () => {
  test("a file of more than 400 lines is refused", () => {
    const lines = Array.from({ length: 420 }, (_, index) => `export const line${index} = ${index};`).join("\n");
    expect(
      refused({ "src/units/long.ts": `${lines}\n`, "src/units/short.ts": "export const a = 1;\n" }, "style/noExcessiveLinesPerFile"),
    ).toEqual(new Set(["src/units/long.ts"]));
  });

  test("a barrel and a default export are refused", () => {
    expect(
      refused({ "src/units/index.ts": 'export * from "./unit.ts";\nexport * from "./quantity.ts";\n' }, "performance/noBarrelFile").size,
    ).toBe(1);
    expect(refused({ "src/units/unit.ts": "export default 1;\n" }, "style/noDefaultExport").size).toBe(1);
  });

  test("a ring of imports is refused, types included", () => {
    const plants = {
      "src/units/a.ts": 'import type { B } from "./b.ts";\nexport type A = B;\n',
      "src/units/b.ts": 'import type { A } from "./a.ts";\nexport type B = A;\n',
    };
    expect(refused(plants, "suspicious/noImportCycles").size).toBeGreaterThan(0);
  });

  test("a promise nobody waits for is refused", () => {
    const plants = {
      "src/store/a.ts": "const work = async (): Promise<number> => 1;\nexport const start = (): void => {\n  work();\n};\n",
    };
    expect(refused(plants, "nursery/noFloatingPromises").size).toBe(1);
  });
});

describe("pure rooms", () => {
  const outside = ['console.log("x")', "fetch('http://127.0.0.1')", "process.exit()", "setTimeout(() => 1, 1)", "performance.now()"];

  test("a global that reaches outside is refused in every pure room", () => {
    const plants: Record<string, string> = {};
    for (const room of ROOMS.filter((one) => one.pure === true)) {
      outside.forEach((code, index) => {
        plants[`src/${room.name}/plant-${index}.ts`] = `export const plant = () => ${code};\n`;
      });
    }
    expect(Object.keys(plants).length).toBeGreaterThanOrEqual(7 * outside.length);
    expect(refused(plants, "style/noRestrictedGlobals")).toEqual(new Set(Object.keys(plants)));
  });
});
