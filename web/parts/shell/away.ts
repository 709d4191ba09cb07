import type { Connection } from "#web/client/live-socket.ts";

const GRACE_MS = 3000;

/** Whether a lost connection has lasted long enough to be mentioned. Units: ms of this device's clock. */
export function isWorthSaying(connection: Connection, clockMs: number): boolean {
  return connection.state === "away" && (connection.attempts > 1 || clockMs - connection.sinceMs > GRACE_MS);
}
