import { Parser } from "htmlparser2";

/** A file that a page links to. */
export interface LinkedFile {
  readonly url: URL;
  /** As it is written in the address: `Fpb3$2d01$20Fan.csv`. */
  readonly name: string;
}

export interface Directory {
  readonly files: readonly LinkedFile[];
  /** Folders that lie in the page's own. */
  readonly folders: readonly URL[];
  /** Hosts that files are said to be on, and that are not asked. */
  readonly elsewhere: readonly string[];
}

const FILE = /\.csv(?=[?#|]|$)/i;

/** Links of a directory page to CSV files, each once, in the order of their names. */
export function directoryOf(html: string, page: URL): Directory {
  const files = new Map<string, LinkedFile>();
  const folders = new Map<string, URL>();
  const elsewhere = new Set<string>();
  let base = page;
  for (const { tag, href } of hrefsOf(html)) {
    const url = URL.canParse(href, base.href) ? new URL(href, base) : undefined;
    if (url === undefined) continue;
    if (tag === "base") {
      if (url.host === page.host) base = url;
      continue;
    }
    url.hash = "";
    const isFile = FILE.test(href);
    if (url.host !== page.host || url.protocol !== page.protocol) {
      if (isFile) elsewhere.add(url.host);
    } else if (isFile) files.set(url.href, { url, name: nameOf(href) });
    else if (isBelow(url, page)) folders.set(url.href, url);
  }
  const byName = (a: LinkedFile, b: LinkedFile): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.url.href < b.url.href ? -1 : 1);
  return { files: [...files.values()].sort(byName), folders: [...folders.values()], elsewhere: [...elsewhere] };
}

function hrefsOf(html: string): { tag: string; href: string }[] {
  const found: { tag: string; href: string }[] = [];
  const parser = new Parser({
    onopentag(tag, { href }) {
      if (href !== undefined && href.trim() !== "") found.push({ tag, href: href.trim() });
    },
  });
  parser.end(html);
  return found;
}

/** The last part of the address that ends in .csv, wherever a query goes on. */
function nameOf(href: string): string {
  const end = FILE.exec(href);
  const path = end === null ? href : href.slice(0, end.index + ".csv".length);
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

function isBelow({ pathname, search }: URL, page: URL): boolean {
  const own = page.pathname.endsWith("/") ? page.pathname : `${page.pathname}/`;
  if (search !== "" || !pathname.startsWith(own)) return false;
  return /^[^/]+\/$/.test(pathname.slice(own.length));
}
