/** Whose certificate is believed; nothing said is the system's own list. */
export interface StationTrust {
  /** Absolute path of the certificate of whoever signed the station's. */
  readonly caFile?: string;
  /** Hex of the SHA-256 of the one certificate that is believed. */
  readonly pinSha256?: string;
  /** The certificate seen first is believed from then on, and no other. */
  readonly pinFirst?: true;
}

/** How a station is reached. */
export interface StationAccess {
  /** Without a slash at its end. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  readonly trust: StationTrust;
  /** Longest silence of one answer. */
  readonly timeoutMs: number;
}

/** What people call the station's web server: its host. */
export function hostOf({ url }: Pick<StationAccess, "url">): string {
  return new URL(url).host;
}

/** Settings of the product, text to text. */
export interface Settings {
  setting(name: string): Promise<string | undefined>;
  saveSetting(name: string, value: string): Promise<void>;
}

/** Settings that are kept nowhere: for a look that is not part of a run. */
export function passingSettings(): Settings {
  const kept = new Map<string, string>();
  return {
    setting: (name) => Promise.resolve(kept.get(name)),
    saveSetting: (name, value) => {
      kept.set(name, value);
      return Promise.resolve();
    },
  };
}
