import { parseAddress, sshPartsOf } from "./address.ts";
import { megabytes } from "./backup-folder.ts";
import type { Destination, Shipment } from "./destination.ts";
import { manifestName } from "./manifest.ts";
import { runProgram } from "./program.ts";

/** A line that stands still so long is dead. */
const SILENCE_SECONDS = 120;
const TIMEOUT_MS = 30 * 60_000;
/** Nobody is there to answer a question. */
const SSH = "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15";

/** Another machine by rsync. It gets the newest copy, and loses those that the rule took out here; nothing else there is touched. */
export class RsyncDestination implements Destination {
  readonly kind = "rsync";
  readonly target: string;
  readonly #password: string | undefined;
  readonly #written: string;

  constructor(written: string) {
    const { shown, password } = parseAddress(written);
    this.target = shown;
    this.#password = password;
    this.#written = written;
  }

  async send({ from, newest, gone, signal }: Shipment): Promise<string> {
    const names = [newest.file, ...gone.filter((file) => file !== newest.file)].flatMap((file) => [file, manifestName(file)]);
    await runProgram("rsync", {
      // Only what is named counts on either side: those of the names that are not here any more go there, and nothing else does. What is
      // not whole yet lies beside, so that no half copy ever has a copy's name.
      args: [
        ...[
          "--dirs",
          "--times",
          "--omit-dir-times",
          "--partial",
          "--partial-dir=.wattkeep-partial",
          `--timeout=${SILENCE_SECONDS}`,
          "-e",
          SSH,
        ],
        ...["--protect-args", "--delete", "--include-from=-", "--exclude=*", "--", `${from.path}/`, this.target],
      ],
      ...(this.#password === undefined ? {} : { env: { RSYNC_PASSWORD: this.#password } }),
      input: names.map((name) => `/${name}\n`).join(""),
      timeoutMs: TIMEOUT_MS,
      signal,
      hide: [this.#written, this.target, ...sshPartsOf(this.target), from.path, this.#password ?? ""],
    });
    return `${megabytes(newest.bytes)} sent.`;
  }
}
