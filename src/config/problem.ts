/** Something a person has to change in the configuration. */
export interface Problem {
  /** The configuration file, or the environment variable at fault. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly sentence: string;
}

/** `wattkeep.yaml:7:12 sources.kyz.dialect: "kyz-puls" is not a dialect; did you mean "kyz-pulse"?` */
export function problemText({ file, line, column, sentence }: Problem): string {
  return `${file}${line === undefined ? "" : `:${line}:${column ?? 1}`} ${sentence}`;
}
