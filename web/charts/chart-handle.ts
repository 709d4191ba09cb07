/** What a page may ask of a chart besides drawing. */
export interface ChartHandle {
  /** Moves the window by a share of its length, later for positive shares. */
  pan(share: number): void;
  /** Makes the window `factor` times as long around its middle. */
  zoom(factor: number): void;
  /** The charts as one picture with `title` above, as PNG. */
  png(title: string): Promise<Blob | undefined>;
}
