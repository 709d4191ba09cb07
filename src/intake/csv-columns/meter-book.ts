/** Where the readings of a meter go. */
export interface CsvMeter {
  /** `site.meter`. */
  readonly id: string;
  readonly site: string;
  readonly point: string;
  readonly name: string;
  readonly quantity: string;
  /** Of its register; a file may say another that can be told in it. */
  readonly unit: string;
  /** False where taking the file makes it. */
  readonly known: boolean;
}

/** Finds meters by what a file calls them: id, name, point or serial number. */
export interface MeterBook {
  /** `unit` as the file says it; empty where it does not. */
  find(named: string, unit: string): CsvMeter | { readonly trouble: string };
}
