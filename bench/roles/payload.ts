/** A Tasmota reader's message of seven values, all of them moving. */
export function tasmotaPayload(k: number): string {
  const second = String(k % 60).padStart(2, "0");
  const minute = String(Math.floor(k / 60) % 60).padStart(2, "0");
  const hour = String(Math.floor(k / 3600) % 24).padStart(2, "0");
  const day = String(1 + (Math.floor(k / 86_400) % 28)).padStart(2, "0");
  const power = 300 + ((k * 37) % 900);
  return `{"Time":"2026-03-${day}T${hour}:${minute}:${second}","MT681":{"E_in":${(9310 + k * 0.0007).toFixed(4)},"E_out":${(11027 + k * 0.0001).toFixed(4)},"Power":${power},"Power_p1":${power >> 1},"Power_p2":${power >> 2},"Power_p3":${power - (power >> 1) - (power >> 2)}}}`;
}

/** Twenty readers take turns: no one meter says a thousand things within a second. */
const READERS = 20;

export const topicOf = (k: number): string => `tele/reader-${String(k % READERS).padStart(2, "0")}/SENSOR`;

/** All of them. */
export const FILTER = "tele/+/SENSOR";
