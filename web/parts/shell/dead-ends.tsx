import { Link } from "@tanstack/react-router";
import { EmptyState, ErrorState } from "#web/parts/states.tsx";

/** For an address no page has. */
export function NotFound() {
  return (
    <EmptyState page sentence="There is no page at this address.">
      <Link className="link" to="/">
        Go to Live
      </Link>
    </EmptyState>
  );
}

/** For a fault of our own, instead of a white page. */
export function PageFault({ error, reset }: { error: unknown; reset: () => void }) {
  return <ErrorState error={error} retry={reset} />;
}
