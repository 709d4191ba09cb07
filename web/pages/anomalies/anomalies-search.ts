/** What of the address this page reads. */
export interface AnomaliesSearch {
  readonly site?: string | undefined;
  readonly meter?: string | undefined;
  readonly rule?: string | undefined;
  /** `dismissed`: what a person put aside. */
  readonly show?: string | undefined;
  /** `on`: the rule of the old system too. */
  readonly simple?: string | undefined;
}
