import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Bundles a program of the tests that is to be killed; answers the file to run. It lies below the project, so that its packages are found. */
export async function childProgram(source: URL): Promise<string> {
  const entry = fileURLToPath(source);
  const outfile = fileURLToPath(new URL(`../dist/${basename(entry, ".ts")}.js`, import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm", packages: "external", logLevel: "error" });
  return outfile;
}

/** What a child ended by, once it has: a signal or its exit code. */
export async function ended(child: ChildProcess): Promise<NodeJS.Signals | number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.signalCode ?? child.exitCode;
}
