import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";

interface CardStateProps<Answer> {
  readonly query: UseQueryResult<Answer>;
  /** Height of what will stand here, so that nothing jumps. Units: CSS pixels. */
  readonly height: number;
  readonly children: (answer: Answer) => ReactNode;
}

/** The inside of a card: grey while it is asked for, the error with a way to try again, then the answer; an old one stays. */
export function CardState<Answer>({ query, height, children }: CardStateProps<Answer>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton height={height} />;
}
