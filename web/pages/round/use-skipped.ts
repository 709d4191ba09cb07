import { useState } from "react";

const NAME = "wattkeep-round-skipped";

/** The stops somebody passed by, for as long as this tab is open, reloads included. */
export function useSkipped() {
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(read);
  const keep = (next: ReadonlySet<string>) => {
    setSkipped(next);
    try {
      sessionStorage.setItem(NAME, JSON.stringify([...next]));
    } catch {
      // A browser that keeps nothing asks again after a reload.
    }
  };
  return {
    skipped,
    skip: (meter: string) => keep(new Set([...skipped, meter])),
    unskip: (meter: string) => keep(new Set([...skipped].filter((one) => one !== meter))),
    clear: () => keep(new Set()),
  };
}

function read(): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(NAME) ?? "[]");
    return new Set(Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : []);
  } catch {
    return new Set();
  }
}
