import { readFileSync } from "node:fs";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";

/** Trust in the broker and proof of ourselves. Files are read at every connect, so that a renewed certificate is taken up. */
export interface TlsConfig {
  /** PEM file of the authority that signed the broker's certificate; the system's own when left out. */
  readonly caFile?: string;
  /** PEM files of our own certificate. */
  readonly certFile?: string;
  readonly keyFile?: string;
  /** SHA-256 of the broker's certificate in hex, colons or not: exactly this certificate, whoever signed it. */
  readonly fingerprint?: string;
}

export interface WireConfig {
  /** mqtt://, mqtts://, tcp:// or ssl://; the port is 1883, or 8883 with TLS, unless said. */
  readonly url: string;
  readonly tls?: TlsConfig;
}

/** Host, port and whether the connection is encrypted. Errors: throws for a URL of another scheme. */
export function endpointOf(config: WireConfig): { host: string; port: number; encrypted: boolean; address: string } {
  const url = new URL(config.url);
  const encrypted = ["mqtts:", "ssl:", "tls:"].includes(url.protocol);
  if (!encrypted && !["mqtt:", "tcp:"].includes(url.protocol)) {
    throw new Error(`A broker's address begins with mqtt:// or mqtts://, not ${url.protocol}//.`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, "") || "127.0.0.1";
  const port = url.port === "" ? (encrypted ? 8883 : 1883) : Number(url.port);
  return { host, port, encrypted, address: `${encrypted ? "mqtts" : "mqtt"}://${url.hostname || host}:${port}` };
}

/** A socket on its way to the broker; `ready` is called when bytes may be written, errors come as the socket's own. */
export function openWire(config: WireConfig, ready: () => void): Socket {
  const { host, port, encrypted } = endpointOf(config);
  if (!encrypted) return connectTcp({ host, port, noDelay: true }, ready);
  const { caFile, certFile, keyFile, fingerprint } = config.tls ?? {};
  const socket = connectTls({
    host,
    port,
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
    ...(certFile === undefined ? {} : { cert: readFileSync(certFile) }),
    ...(keyFile === undefined ? {} : { key: readFileSync(keyFile) }),
    // With a pin, this certificate and no other is trusted, so its signer and name say nothing more.
    rejectUnauthorized: fingerprint === undefined,
  });
  socket.setNoDelay(true);
  socket.once("secureConnect", () => (isPinned(socket, fingerprint) ? ready() : socket.destroy(wrongPin(socket))));
  return socket;
}

function isPinned(socket: TLSSocket, fingerprint: string | undefined): boolean {
  return fingerprint === undefined || plain(socket.getPeerCertificate().fingerprint256 ?? "") === plain(fingerprint);
}

function wrongPin(socket: TLSSocket): Error {
  return new Error(`The broker's certificate has the fingerprint ${socket.getPeerCertificate().fingerprint256}, not the one configured.`);
}

function plain(hex: string): string {
  return hex.replaceAll(":", "").toLowerCase();
}
