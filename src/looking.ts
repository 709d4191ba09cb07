/** What there is by name, as it was when it was last looked at. */
export interface Looking<T> {
  current(): readonly T[];
  /** Looks who is there now; said after something was registered. */
  look(): Promise<void>;
}

interface LookingParts<T> {
  readonly nowMs: () => number;
  /** What there is now, out of what was there before: what goes on as it was keeps what it has derived. */
  find(known: ReadonlyMap<string, T>): Promise<ReadonlyMap<string, T>>;
}

const LOOK_MS = 2_000;

/** Looks for the first time. Errors: those of `find`. */
export async function openLooking<T>({ nowMs, find }: LookingParts<T>): Promise<Looking<T>> {
  let known: ReadonlyMap<string, T> = new Map();
  let lookedMs = nowMs();
  let before: Promise<unknown> = Promise.resolve();
  // One look after another: two at once would each make what is new, and the slower one would have the last word.
  const look = (): Promise<void> => {
    lookedMs = nowMs();
    const looked = before.then(async () => {
      known = await find(known);
    });
    before = looked.catch(() => undefined);
    return looked;
  };
  await look();
  return {
    look,
    current() {
      // Whoever registered something without saying so is found by the next question.
      if (nowMs() - lookedMs > LOOK_MS) look().catch(() => undefined);
      return [...known.values()];
    },
  };
}
