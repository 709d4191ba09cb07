import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { ApiError } from "#web/client/fetch.ts";

/** In the place of what is not there yet: one sentence and the next step. `page`: nothing else is on the page, so it is the heading. */
export function EmptyState({ sentence, page = false, children }: { sentence: string; page?: boolean; children?: ReactNode }) {
  const Sentence = page ? "h1" : "p";
  return (
    <div className="empty">
      <Sentence className="empty-sentence">{sentence}</Sentence>
      {children}
    </div>
  );
}

/** What went wrong in words, the code to quote, and a way to try again. */
export function ErrorState({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const known = error instanceof ApiError ? error : undefined;
  return (
    <div className="empty" role="alert">
      <p className="empty-sentence">
        {known?.message ?? "This page met a fault of its own. Reloading may help; the server's log is not affected."}
      </p>
      {known?.details.map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
      <p className="faint">
        Code <code>{known?.code ?? "page-fault"}</code>
      </p>
      {retry && (
        <Button variant="default" size="xs" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** A grey box where something will stand; it has the final size, and does not shimmer. */
export function Skeleton({ width, height }: { width?: number | string; height: number }) {
  return <span className="skeleton" style={{ width: width ?? "100%", height }} />;
}

/** The boxes of a page before anything is known: its answer, then what the page will have below it. */
export function PageSkeleton({ children }: { children: ReactNode }) {
  return (
    <div aria-busy="true">
      <span className="read-aloud">Loading</span>
      <div className="answer">
        <Skeleton width="min(560px, 90%)" height={28} />
        <Skeleton width="min(320px, 60%)" height={20} />
      </div>
      {children}
    </div>
  );
}
