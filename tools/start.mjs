// `npm start -- …` is `wattkeep serve …`, after whatever set-up is still to do.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { setUp } from "./setup.mjs";

setUp();

const entry = fileURLToPath(new URL("../dist/wattkeep.js", import.meta.url));
// What a burst of messages makes is soon gone: more room for it would only make the process larger. Read at its start alone.
const lean = "--max-semi-space-size=4";
const server = spawn(process.execPath, [lean, entry, "serve", ...process.argv.slice(2)], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => server.kill(signal));
server.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 0));
