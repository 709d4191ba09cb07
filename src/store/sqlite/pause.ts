/** Lets requests that wait be served before the work goes on. */
export type Pause = () => Promise<void>;

/** A pause of one turn of the event loop. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
