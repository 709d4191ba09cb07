import { Link } from "@tanstack/react-router";
import { parseSearch } from "#web/client/search.ts";

/** The way to the page that shows what an alert is about. Nothing for a link that does not stay within these pages. */
export function AlertLink({ link, about }: { link: string | null; about: string }) {
  if (link === null || !link.startsWith("/") || link.startsWith("//")) return null;
  const { pathname, search } = new URL(link, "http://here");
  return (
    // The server names a page of ours; the router shows its own page for one it does not know.
    <Link className="link" to={pathname as "/"} search={parseSearch(search)} aria-label={`Show ${about}`}>
      Show
    </Link>
  );
}
