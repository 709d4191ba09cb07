import "./page-tabs.css";
import { Link, type LinkProps, Outlet } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { countText } from "#web/parts/format-number.ts";

interface TabsProps {
  /** "Pages of the plant". */
  readonly label: string;
  readonly pages: readonly { readonly to: NonNullable<LinkProps["to"]>; readonly label: string }[];
  /** Address of the tab that is open. */
  readonly current: string;
  /** What of the address goes along to every tab. */
  readonly search: object;
  /** How much waits behind a tab, by its address. */
  readonly counts?: Readonly<Record<string, number | undefined>>;
  /** Beside the tabs. */
  readonly children?: ReactNode;
}

/** Pages about one thing, side by side, above the page that is open. */
export function PageTabs({ label, pages, current, search, counts = {}, children }: TabsProps) {
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row is longer than the screen, and the tab of this page may lie outside it.
    const active = [...(tabs.current?.children ?? [])].find((tab) => tab.getAttribute("href")?.split("?")[0]?.endsWith(current));
    active?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <>
      <div className="tabs-head">
        <nav ref={tabs} className="tabs" aria-label={label}>
          {pages.map((page) => (
            <Link
              key={page.to}
              to={page.to}
              search={search}
              activeOptions={{ exact: true, includeSearch: false }}
              aria-current={page.to === current ? "page" : undefined}
            >
              {page.label}
              {(counts[page.to] ?? 0) > 0 && <span className="faint"> {countText(counts[page.to] ?? 0)}</span>}
            </Link>
          ))}
        </nav>
        {children}
      </div>
      <Outlet />
    </>
  );
}
