import { spawn } from "node:child_process";
import { BackupProblem } from "./backup-problem.ts";

export interface ProgramRun {
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to what every program gets. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** It is ended after so long. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** What may not stand in a sentence: passwords, and where copies go. */
  readonly hide: readonly string[];
}

/** What a program may see of this process: where programs, keys and proxies are, and none of our secrets. */
const PASSED_ON = [
  ...["PATH", "Path", "HOME", "USERPROFILE", "SystemRoot", "TMPDIR", "TEMP", "TMP", "SSH_AUTH_SOCK", "SSL_CERT_FILE", "SSL_CERT_DIR"],
  ...["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"],
];
const MOST_OUTPUT = 64 * 1024;
const MOST_WORDS = 300;
const GRACE_MS = 5_000;

/**
 * Runs a program of this machine without a shell and answers what it printed. Its children end with it.
 * Errors: BackupProblem `program-missing`, `timed-out`, `cancelled`, `refused` with its last words.
 */
export async function runProgram(program: string, run: ProgramRun): Promise<string> {
  const ended = await execute(program, run);
  if (ended.why === "missing")
    throw new BackupProblem("program-missing", `The program ${program} is not installed. Install it (on Debian: apt install ${program}).`);
  if (ended.why === "cancelled") throw new BackupProblem("cancelled", "The program ended before the copy was sent; the next run sends it.");
  if (ended.why === "late") {
    const minutes = Math.max(1, Math.round(run.timeoutMs / 60_000));
    throw new BackupProblem("timed-out", `${program} was not done after ${minutes} min and was ended. The next run tries again.`);
  }
  if (ended.status !== 0) {
    const said = hidden(lastWords(ended.problem), run.hide);
    throw new BackupProblem("refused", `${program} ended with ${ended.status ?? "a signal"}${said === "" ? "." : `: ${said}`}`);
  }
  return ended.output;
}

interface Ended {
  readonly why: "exit" | "missing" | "late" | "cancelled";
  readonly status: number | null;
  readonly output: string;
  readonly problem: string;
}

function execute(program: string, { args, cwd, env, input, timeoutMs, signal }: ProgramRun): Promise<Ended> {
  return new Promise((resolve) => {
    const own = process.platform !== "win32";
    // In a group of its own, so that what it has started (ssh) ends with it.
    const child = spawn(program, args, {
      env: { ...passedOn(), LC_ALL: "C", ...env },
      detached: own,
      windowsHide: true,
      ...(cwd ? { cwd } : {}),
    });
    let why: Ended["why"] = "exit";
    let output = "";
    let problem = "";
    let harder: NodeJS.Timeout | undefined;
    const kill = (how: NodeJS.Signals): void => {
      try {
        if (own && child.pid !== undefined) process.kill(-child.pid, how);
        else child.kill(how);
      } catch {
        // It has ended already.
      }
    };
    const end = (because: "late" | "cancelled"): void => {
      why = because;
      kill("SIGTERM");
      harder = setTimeout(() => kill("SIGKILL"), GRACE_MS);
    };
    const timer = setTimeout(() => end("late"), timeoutMs);
    const onAbort = (): void => end("cancelled");
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    const finish = (status: number | null): void => {
      clearTimeout(timer);
      clearTimeout(harder);
      signal.removeEventListener("abort", onAbort);
      resolve({ why, status, output, problem });
    };
    child.stdout.on("data", (text: Buffer) => (output = (output + text).slice(-MOST_OUTPUT)));
    child.stderr.on("data", (text: Buffer) => (problem = (problem + text).slice(-MOST_OUTPUT)));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (why === "exit" && error.code === "ENOENT") why = "missing";
      problem += error.message;
      finish(null);
    });
    child.on("close", finish);
  });
}

function passedOn(): Record<string, string> {
  return Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? ""]])));
}

/** The end of what a program said, on one line. */
function lastWords(text: string): string {
  const lines = text
    .split("\n")
    .map((line) => line.replace(/\p{C}/gu, " ").trim())
    .filter((line) => line !== "");
  return lines.join(" ").slice(-MOST_WORDS);
}

/** Text without what may not be shown; a password in an address goes wherever the address came from. */
export function hidden(text: string, hide: readonly string[]): string {
  const longestFirst = hide.filter((one) => one.length > 2).toSorted((a, b) => b.length - a.length);
  let shown = text.replace(/(\w+:\/\/)[^/@\s]*@/g, "$1");
  for (const one of longestFirst) shown = shown.replaceAll(one, "…");
  return shown;
}
