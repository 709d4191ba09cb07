/** How a meter is called where others of its name may be: every flat has its “Cold water”. */
export function meterTitle({ name, group }: { readonly name: string; readonly group: string }): string {
  return group === "" || name.toLowerCase().includes(group.toLowerCase()) ? name : `${name}, ${group}`;
}

/** The same by id; the id itself for a meter there is not yet. */
export function titleOf(id: string, meters: readonly { readonly id: string; readonly name: string; readonly group: string }[]): string {
  const meter = meters.find((one) => one.id === id);
  return meter === undefined ? id : meterTitle(meter);
}
