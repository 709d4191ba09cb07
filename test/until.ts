/** Waits until the condition holds; fails after ten seconds with what was awaited. */
export async function until(condition: () => boolean, awaited = String(condition)): Promise<void> {
  for (let i = 0; i < 5000; i += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`waited in vain for ${awaited}`);
}
