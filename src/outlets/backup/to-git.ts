import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Address, parseAddress, sshPartsOf } from "./address.ts";
import { megabytes } from "./backup-folder.ts";
import { BackupProblem } from "./backup-problem.ts";
import type { Destination, Shipment } from "./destination.ts";
import { type Manifest, manifestName, manifestText, parseManifest } from "./manifest.ts";
import { runProgram } from "./program.ts";

const PREFIX = "Wattkeep backup";
const TIMEOUT_MS = 30 * 60_000;
/** Where hosts of repositories begin to warn; most refuse 100 MB. */
const LARGE_BYTES = 90_000_000;
const SSH = "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15";
const REPOSITORY = ".git-of-copy";

interface GitParts {
  /** With the password, where it has one. */
  readonly remote: string;
  readonly branch: string;
  /** Local dates of the first and the last reading: `2025-01-01 – 2026-11-21`. Missing: undefined where there is none. */
  readonly span: () => Promise<string | undefined>;
  /** Remembers the commit that was pushed last. */
  readonly memory: { setting(name: string): Promise<string | undefined>; saveSetting(name: string, value: string): Promise<void> };
}

/**
 * One branch of a git repository with one commit, made anew for each copy, so that neither side keeps a history of large files.
 * A branch that holds something else, or a copy with more samples than ours, is never overwritten.
 */
export class GitDestination implements Destination {
  readonly kind = "git";
  readonly target: string;
  readonly #parts: GitParts;
  readonly #address: Address;

  constructor(parts: GitParts) {
    this.#parts = parts;
    this.#address = parseAddress(parts.remote);
    this.target = `${this.#address.shown} (${parts.branch})`;
  }

  async send({ from, newest, signal }: Shipment): Promise<string> {
    // A repository for this one push: nothing grows here.
    const repository = join(from.path, REPOSITORY);
    await rm(repository, { recursive: true, force: true });
    try {
      await mkdir(repository);
      await from.demandSpace(newest.bytes);
      const git = (args: readonly string[], input?: string) =>
        this.#git(args, { repository, signal, ...(input === undefined ? {} : { input }) });
      await git(["init", "--quiet", "--bare", "."]);
      const there = await this.#expected(git, newest);
      const commit = await this.#commit(git, join(from.path, newest.file), newest);
      const ref = `refs/heads/${this.#parts.branch}`;
      await git(["push", "--quiet", "--no-verify", `--force-with-lease=${ref}:${there}`, this.#address.shown, `${commit}:${ref}`]);
      await this.#parts.memory.saveSetting(this.#known, commit);
    } finally {
      await rm(repository, { recursive: true, force: true });
    }
    const large = newest.bytes > LARGE_BYTES ? " Most hosts refuse files over 100 MB: choose a folder or rsync soon." : "";
    return `${megabytes(newest.bytes)} pushed as the one commit of its branch.${large}`;
  }

  get #known(): string {
    return `backup.pushed.${this.target}`;
  }

  /** The commit that may be replaced; empty where the branch is new. Errors: BackupProblem `others-branch`. */
  async #expected(git: Git, newest: Manifest): Promise<string> {
    const ref = `refs/heads/${this.#parts.branch}`;
    const there = (await git(["ls-remote", this.#address.shown, ref])).split(/\s/, 1)[0] ?? "";
    if (there === "" || there === (await this.#parts.memory.setting(this.#known))) return there;
    await git(["fetch", "--quiet", "--depth=1", "--no-tags", this.#address.shown, there]).catch(() =>
      git(["fetch", "--quiet", "--depth=1", "--no-tags", this.#address.shown, ref]),
    );
    const message = await git(["log", "-1", "--format=%s", there]);
    if (!message.startsWith(PREFIX))
      throw new BackupProblem("others-branch", "The branch holds something that is no backup of Wattkeep. Name another branch.");
    const names = (await git(["ls-tree", "--name-only", there])).split("\n").filter((name) => name.endsWith(".json"));
    const other = names[0] === undefined ? undefined : parseManifest(await git(["show", `${there}:${names[0]}`]));
    if (other === undefined || other.samples > newest.samples)
      throw new BackupProblem(
        "others-branch",
        "The branch holds a backup with more in it than this store has. Restore it first, or name another branch.",
      );
    return there;
  }

  async #commit(git: Git, file: string, newest: Manifest): Promise<string> {
    const copy = (await git(["hash-object", "-w", "--no-filters", "--", file])).trim();
    const manifest = (await git(["hash-object", "-w", "--stdin", "--no-filters"], manifestText(newest))).trim();
    const entries = [`100644 blob ${copy}\t${newest.file}`, `100644 blob ${manifest}\t${manifestName(newest.file)}`];
    const tree = (await git(["mktree"], `${entries.toSorted(byName).join("\n")}\n`)).trim();
    const span = await this.#parts.span();
    const message = span === undefined ? PREFIX : `${PREFIX} ${span}`;
    return (await git(["commit-tree", tree, "-m", message])).trim();
  }

  /** Git as nobody has set it up: no settings of the user or the machine, no hooks, no questions. */
  #git(args: readonly string[], run: { repository: string; signal: AbortSignal; input?: string }): Promise<string> {
    const { user, password, shown } = this.#address;
    const settings: [string, string][] = [
      ["core.hooksPath", "/dev/null"],
      ["core.compression", "1"],
      // Large files go through in pieces instead of being held in memory.
      ["core.bigFileThreshold", "1m"],
      ["gc.auto", "0"],
      ["credential.helper", ""],
      ["http.followRedirects", "false"],
      ["http.lowSpeedLimit", "1000"],
      ["http.lowSpeedTime", "60"],
    ];
    // Arguments of a program are for everybody to see, its environment is not.
    if (/^https?:/i.test(shown) && user !== undefined)
      settings.push(["http.extraHeader", `Authorization: Basic ${Buffer.from(`${user}:${password ?? ""}`).toString("base64")}`]);
    const configured = settings.flatMap(([key, value], row) => [
      [`GIT_CONFIG_KEY_${row}`, key],
      [`GIT_CONFIG_VALUE_${row}`, value],
    ]);
    const who = { NAME: "Wattkeep", EMAIL: "wattkeep@localhost" };
    return runProgram("git", {
      args,
      cwd: run.repository,
      ...(run.input === undefined ? {} : { input: run.input }),
      env: {
        GIT_DIR: run.repository,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_CONFIG_GLOBAL: process.platform === "win32" ? "NUL" : "/dev/null",
        GIT_CONFIG_COUNT: String(settings.length),
        ...Object.fromEntries(configured),
        GIT_TERMINAL_PROMPT: "0",
        GIT_ASKPASS: "",
        SSH_ASKPASS: "",
        GIT_ALLOW_PROTOCOL: "https:http:ssh:git:file",
        GIT_SSH_COMMAND: SSH,
        GIT_AUTHOR_NAME: who.NAME,
        GIT_AUTHOR_EMAIL: who.EMAIL,
        GIT_COMMITTER_NAME: who.NAME,
        GIT_COMMITTER_EMAIL: who.EMAIL,
      },
      timeoutMs: TIMEOUT_MS,
      signal: run.signal,
      hide: [this.#parts.remote, shown, ...sshPartsOf(shown), password ?? "", user ?? "", run.repository],
    });
  }
}

type Git = (args: readonly string[], input?: string) => Promise<string>;

/** As git sorts a tree. */
function byName(a: string, b: string): number {
  return (a.split("\t")[1] ?? "") < (b.split("\t")[1] ?? "") ? -1 : 1;
}
