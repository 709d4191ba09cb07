// Writes the service worker of the page Round into the build, with the names of exactly the files that page needs.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCE = "web/offline/service-worker.js";
/** Pages of scripts that are wanted without a connection, beside what index.html loads. */
const WANTED = ["/web/pages/round/round-page.tsx", "/web/pages/sign-in/sign-in-page.tsx", "/web/parts/shell/palette.tsx"];
/** Files that are copied as they are. */
const COPIED = ["theme.js", "mark.svg"];

/** A plugin of vite: adds `service-worker.js` beside index.html. */
export function serviceWorker() {
  return {
    name: "wattkeep-service-worker",
    apply: "build",
    generateBundle(_options, bundle) {
      const source = readFileSync(SOURCE, "utf8");
      const files = [...COPIED, ...filesOf(bundle)].sort();
      const build = hashOf([source, ...files, ...COPIED.map((name) => readFileSync(join("web/public", name), "utf8"))]);
      const shell = `const SHELL = ${JSON.stringify({ build, files })};\n`;
      this.emitFile({ type: "asset", fileName: "service-worker.js", source: shell + source });
    },
  };
}

function filesOf(bundle) {
  const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
  const starts = chunks.filter((one) => one.isEntry || WANTED.some((name) => one.moduleIds.some((id) => id.endsWith(name))));
  const found = new Set();
  const visit = (name) => {
    const chunk = bundle[name];
    if (chunk === undefined || found.has(name)) return;
    found.add(name);
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const chunk of starts) visit(chunk.fileName);
  return found;
}

const hashOf = (texts) => createHash("sha256").update(texts.join("\0")).digest("hex").slice(0, 16);
