import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Files of a little house, path to content. */
export type Plants = Readonly<Record<string, string>>;

/** One finding of the linter: which file broke which rule. */
export interface Finding {
  readonly path: string;
  readonly rule: string;
}

const BIOME = join(process.cwd(), "node_modules", "@biomejs", "biome", "bin", "biome");

/** Lints planted files under this project's own rules, in an empty house of the same layout. */
export function lintPlants(plants: Plants): Finding[] {
  const house = mkdtempSync(join(tmpdir(), "wattkeep-house-"));
  try {
    for (const file of ["biome.json", "package.json", ".gitignore"]) cpSync(join(process.cwd(), file), join(house, file));
    for (const [path, content] of Object.entries(plants)) {
      mkdirSync(dirname(join(house, path)), { recursive: true });
      writeFileSync(join(house, path), content);
    }
    const args = [BIOME, "lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", "."];
    const said = spawnSync(process.execPath, args, { cwd: house, encoding: "utf8", maxBuffer: 64 << 20 }).stdout;
    const report = JSON.parse(said) as {
      diagnostics: { category: string; severity: string; location: { path: string | { file: string } } }[];
    };
    return report.diagnostics
      .filter((finding) => finding.severity === "error")
      .map((finding) => ({
        path: (typeof finding.location.path === "string" ? finding.location.path : finding.location.path.file).replaceAll("\\", "/"),
        rule: finding.category.replace(/^lint\//, ""),
      }));
  } finally {
    rmSync(house, { recursive: true, force: true });
  }
}
