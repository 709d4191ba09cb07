interface Known {
  readonly sites: readonly { readonly id: string }[];
  readonly meters: readonly { readonly site: string; readonly kind: string }[];
}

/** The site a file is most likely for: the one with most dials; the first where none has any. Missing: undefined without a site. */
export function siteToFill({ sites, meters }: Known): string | undefined {
  const dials = (id: string) => meters.filter(({ site, kind }) => site === id && kind === "physical").length;
  return sites.toSorted((a, b) => dials(b.id) - dials(a.id))[0]?.id;
}
