/** What the source of the configuration says that goes on with these histories. */
export interface Listener {
  readonly name: string;
  /** Units the station uses without saying so, by quantity. */
  readonly units: Readonly<Record<string, string>>;
  /** Key of the station whose name is left out of point ids. */
  readonly plainStation?: string;
  /** Its settings for points, from the sender's name to a point or `site/point`. */
  readonly points: readonly (readonly [from: string, to: string])[];
}

export interface OldNiagaraWish {
  /** Absolute. */
  readonly file: string;
  readonly site: string;
  /** Left out: the histories get a source of their own. */
  readonly listener?: Listener;
  /** Only this station, by its name or its key. */
  readonly station?: string;
  readonly dryRun: boolean;
}

/** The source of what nobody sends any more. */
export const OLD_NIAGARA = "old-niagara";
