/** A stretch behind the picture that a page names itself: shaded, or hatched where nothing is judged. */
export interface GroundSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly look: "shade" | "hatch";
  readonly label: string;
}
