/** Gives a text to the person as a file of this name. */
export function saveText(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the text after the press is over.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
