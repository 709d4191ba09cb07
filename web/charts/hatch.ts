/** Lines at 45°, the one sign for "not measured". `ratio` is device pixels per CSS pixel of the canvas it is for. */
export function hatchPattern(context: CanvasRenderingContext2D, color: string, ratio: number): CanvasPattern | string {
  const side = Math.max(4, Math.round(5 * ratio));
  const tile = document.createElement("canvas");
  tile.width = side;
  tile.height = side;
  const pen = tile.getContext("2d");
  if (pen === null) return color;
  pen.strokeStyle = color;
  pen.lineWidth = 1.2 * ratio;
  pen.beginPath();
  // Drawn thrice so that the corners of neighbouring tiles meet.
  for (const shift of [-side, 0, side]) {
    pen.moveTo(shift - 1, side + 1);
    pen.lineTo(shift + side + 1, -1);
  }
  pen.stroke();
  return context.createPattern(tile, "repeat") ?? color;
}
