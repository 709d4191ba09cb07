/** Longest side of a picture in pixels: digits stay readable, and a cellar's connection carries it. */
const MOST_PIXELS = 1_600;
const JPEG_QUALITY = 0.82;

/** How large a picture becomes: its longer side at most the limit, never enlarged. */
export function scaledSize(width: number, height: number, most = MOST_PIXELS): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, most / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * A photo of a dial as it is kept: upright, scaled down, JPEG, without the place and the device a camera writes into it.
 * Errors: throws for what is no picture this browser can read.
 */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const { width, height } = scaledSize(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.drawImage(picture, 0, 0, width, height);
  picture.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
  if (blob === null) throw new Error("the picture could not be drawn");
  return blob;
}
