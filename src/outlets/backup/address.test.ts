import { expect, test } from "vitest";
import { sshPartsOf } from "./address.ts";
import { hidden } from "./program.ts";

test("what ssh says of a place names neither user nor host, and words of programs stay", () => {
  const told = (place: string, said: string) => hidden(said, [place, ...sshPartsOf(place)]);
  expect(told("backup@nas.local:wattkeep/", "backup@nas.local: Permission denied (publickey).")).toBe("…: Permission denied (publickey).");
  expect(told("nas.local:x", "ssh: Could not resolve hostname nas.local: Name or service not known")).toBe(
    "ssh: Could not resolve hostname …: Name or service not known",
  );
  expect(["rsync://host/module", "/mnt/disk", "https://host/house.git", "ssh://git@host/house.git"].flatMap(sshPartsOf)).toEqual([]);
});
