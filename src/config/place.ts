import type { Declared } from "#sites/registry.ts";
import type { Path } from "./document.ts";

/** What a section asks of the file around it while it is put together. */
export interface Place {
  /** Where a key stands. */
  of(path: Path): Declared;
  /** `main-meter` → `Main meter`. */
  titled(name: string): string;
  /** A path of the file, absolute. */
  path(written: string): string;
}
