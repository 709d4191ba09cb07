import { spawnSync } from "node:child_process";

/** Publishes one message as people do at a terminal, at QoS 1; fails where the broker does not take it. */
export function mosquittoPub(port: number, topic: string, message: string, more: readonly string[] = []): void {
  const words = ["-h", "127.0.0.1", "-p", String(port), "-q", "1", "-t", topic, "-s", ...more];
  const done = spawnSync("mosquitto_pub", words, { input: message, timeout: 10_000, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`mosquitto_pub ended with ${done.status}: ${done.stderr}`);
}
