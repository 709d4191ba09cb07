/** A bucket of InfluxDB 2, or a database of InfluxDB 1. */
export type InfluxPlace =
  | { readonly version: 2; readonly url: string; readonly org: string; readonly token: string; readonly bucket: string }
  | { readonly version: 1; readonly url: string; readonly database: string; readonly username?: string; readonly password?: string };

export interface InfluxSettings {
  readonly place: InfluxPlace;
  /** Tag `domain` of what is taken. */
  readonly domain: string;
  /** Of one question. */
  readonly timeoutMs: number;
}

/** How a place is called in sentences: never with what opens it. */
export function placeName(place: InfluxPlace): string {
  return place.version === 2 ? `bucket ${place.bucket} at ${place.url}` : `database ${place.database} at ${place.url}`;
}
