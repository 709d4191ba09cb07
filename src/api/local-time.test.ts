import fc from "fast-check";
import { expect, test } from "vitest";
import { localTimes, utcTimes } from "./local-time.ts";

const INSTANT = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2060, 0) });

test.each(["America/Indiana/Indianapolis", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])(
  "in %s each text is that very instant",
  (zone) => {
    const write = localTimes(zone);
    fc.assert(
      fc.property(INSTANT, (tMs) => {
        expect(Date.parse(write(tMs))).toBe(tMs);
      }),
    );
  },
);

test("UTC is written as a browser writes it, without milliseconds that are zero", () => {
  const write = utcTimes();
  fc.assert(
    fc.property(INSTANT, (tMs) => {
      expect(write(tMs)).toBe(new Date(tMs).toISOString().replace(".000Z", "Z"));
    }),
  );
});

test("the hour that comes twice is told apart by its offset", () => {
  const write = localTimes("Europe/Berlin");
  const at = Date.UTC(2026, 9, 25, 0, 30);
  expect([write(at), write(at + 3_600_000)]).toEqual(["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]);
});
