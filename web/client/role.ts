import { useQuery } from "@tanstack/react-query";
import type { RoleName } from "#contract/access.ts";
import { sessionQuery } from "./queries.ts";

/** From low to high; each may do what those before it may. A device's `ingest` may read nothing. */
const ORDER: readonly RoleName[] = ["ingest", "viewer", "operator", "billing", "admin"];

/** Whether who looks at the page may do what takes this role; the server asks again. */
export function useMay(role: RoleName): boolean {
  const own = useQuery(sessionQuery).data?.role;
  return own !== undefined && own !== null && ORDER.indexOf(own) >= ORDER.indexOf(role);
}
