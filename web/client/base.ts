import { API_BASE } from "#contract/names.ts";

/** Folder the page was loaded from, with its final slash. Fixed at load: later addresses of the page do not move it. */
const BASE = new URL(".", document.baseURI);

/** Path part of BASE without the final slash, as the router wants it. */
export const BASE_PATH = BASE.pathname.replace(/\/$/, "");

export type Params = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Address of an API path behind whatever base path a proxy gives us; lists become repeated parameters. */
export function apiUrl(path: string, params: Params = {}): URL {
  const url = new URL(`${API_BASE.slice(1)}${path}`, BASE);
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one));
  }
  return url;
}

/** Address of the live channel. */
export function liveUrl(): URL {
  const url = apiUrl("/live");
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url;
}
