import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";
import { PullProblem } from "#intake/pull/pull-problem.ts";
import type { Settings, StationAccess, StationTrust } from "./access.ts";

/** Decides whether the certificate of a host is the one that is believed; before that not a byte of a question is sent. */
export class CertificateGuard {
  readonly #trust: StationTrust;
  readonly #timeoutMs: number;
  readonly #settings: Settings;
  readonly #note: (text: string) => void;

  constructor({ trust, timeoutMs }: Pick<StationAccess, "trust" | "timeoutMs">, of: { settings: Settings; note: (text: string) => void }) {
    this.#trust = trust;
    this.#timeoutMs = timeoutMs;
    this.#settings = of.settings;
    this.#note = of.note;
  }

  /** An encrypted connection to a host whose certificate was judged. Errors: PullProblem; those of the connection. */
  async connect(to: ConnectionOptions & { readonly host: string; readonly port: number }): Promise<TLSSocket> {
    const { caFile, pinSha256, pinFirst } = this.#trust;
    const pinned = pinSha256 !== undefined || pinFirst === true;
    const ca = caFile === undefined ? {} : { ca: caOf(caFile) };
    // With a pin, this certificate and no other is trusted, so its signer, its name and its dates say nothing more.
    const socket = await opened({ ...to, ...ca, rejectUnauthorized: !pinned }, this.#timeoutMs);
    if (!pinned) return socket;
    try {
      await this.#judge(socket, `${to.host}:${to.port}`);
      return socket;
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  async #judge(socket: TLSSocket, host: string): Promise<void> {
    const seen = plain(socket.getPeerCertificate().fingerprint256 ?? "");
    if (seen === "") throw new PullProblem("certificate-changed", `${host} shows no certificate.`, { again: false });
    const { pinSha256 } = this.#trust;
    if (pinSha256 !== undefined) {
      if (plain(pinSha256) === seen) return;
      throw new PullProblem(
        "certificate-changed",
        `The certificate of ${host} has the fingerprint ${spaced(seen)}, not ${spaced(plain(pinSha256))} as \`pin\` says. If the station was given a new one, set \`pin\` to it.`,
        { again: false },
      );
    }
    const kept = await this.#settings.setting(pinOf(host));
    if (kept === undefined || kept === "") return await this.#keep(host, seen);
    if (kept === seen) return;
    throw new PullProblem(
      "certificate-changed",
      `The certificate of ${host} has changed: it was ${spaced(kept)} and is ${spaced(seen)}. Somebody may be listening in between. If the station was given a new one, set \`pin: ${seen}\` in place of \`pinFirst\`.`,
      { again: false },
    );
  }

  async #keep(host: string, seen: string): Promise<void> {
    await this.#settings.saveSetting(pinOf(host), seen);
    this.#note(
      `The certificate of ${host} is believed because it is the first one seen: ${spaced(seen)}. Compare it with the one the station shows, then set it as \`pin\`.`,
    );
  }
}

function opened(options: ConnectionOptions, timeoutMs: number): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect(options, () => {
      socket.off("error", reject);
      socket.setTimeout(0);
      resolve(socket);
    });
    socket.once("error", reject);
    // Whoever asked has given up by then; a handshake without an end must not keep the socket.
    socket.setTimeout(timeoutMs, () => socket.destroy(new DOMException("It took too long.", "TimeoutError")));
  });
}

/** Errors: PullProblem `certificate-file` where it cannot be read, or is none. */
function caOf(file: string): Buffer {
  const ca = bytesOf(file);
  try {
    new X509Certificate(ca);
    return ca;
  } catch {
    // The library would pass over what it cannot read and blame the station's certificate.
    throw new PullProblem("certificate-file", `The file ${file} holds no certificate; it should begin with BEGIN CERTIFICATE.`, {
      again: false,
    });
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new PullProblem("certificate-file", `The certificate file ${file} cannot be read: ${why}.`, { again: false });
  }
}

function pinOf(host: string): string {
  return `niagara.pin.${host}`;
}

function plain(hex: string): string {
  return hex.replaceAll(":", "").toLowerCase();
}

/** `ab12cd34 …`: what a person can compare. */
function spaced(hex: string): string {
  return hex.replace(/(.{8})(?=.)/g, "$1 ");
}
