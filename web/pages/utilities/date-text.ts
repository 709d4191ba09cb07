/** "ended 18 Nov 2024"; undefined for a meter that counts. */
export function endedText(removedOn: string | null): string | undefined {
  return removedOn === null ? undefined : `ended ${dateText(removedOn)}`;
}

/** "3 Mar 2026" of a local date. */
export function dateText(date: string): string {
  const at = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return date;
  return new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(at);
}
