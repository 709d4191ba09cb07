import type { Known } from "./home-references.ts";
import { NIAGARA_WAYS } from "./niagara.ts";
import { isMap } from "./written.ts";

const HERE = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** What should be known of the stations that are asked: a password that anybody on the way can read. */
export function checkStations(sources: Iterable<readonly [name: string, body: Readonly<Record<string, unknown>>]>, known: Known): void {
  for (const [name, body] of sources) {
    for (const way of NIAGARA_WAYS) {
      const said = body[way];
      if (!isMap(said) || said["password"] === undefined || !isOpen(said["url"])) continue;
      known.warn(
        ["sources", name, way, "url"],
        "the password goes to the station as anybody on the way can read it; write https, with tls.pinFirst where the station's certificate is its own",
      );
    }
  }
}

function isOpen(url: unknown): boolean {
  if (typeof url !== "string" || !URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && !HERE.has(hostname);
}
