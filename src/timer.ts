/** Calls once, so many milliseconds from now, and does not keep the process alive for it; the answer takes it back. */
export function after(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
