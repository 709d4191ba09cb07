/** What of the address this page reads. */
export interface CorrectionsSearch {
  readonly site?: string | undefined;
  readonly meter?: string | undefined;
  /** A stretch in which a reading is to be corrected, "fromMs-toMs"; opens the dialog. */
  readonly near?: string | undefined;
  /** A local date: as it was known at its end. */
  readonly asOf?: string | undefined;
}
