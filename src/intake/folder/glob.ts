/**
 * Whether a file name is meant by a glob: `*` is any text, `?` any character, upper and lower case are the same. A name that
 * begins with a dot is meant only by a glob that does.
 */
export function matches(glob: string, name: string): boolean {
  if (name.startsWith(".") && !glob.startsWith(".")) return false;
  return meant([...glob.toLowerCase()], [...name.toLowerCase()]);
}

/** Goes on behind the last star with one character more whenever the rest does not fit; earlier stars need no second look. */
function meant(glob: readonly string[], name: readonly string[]): boolean {
  let star = -1;
  let starAt = 0;
  let g = 0;
  for (let n = 0; n < name.length; ) {
    if (glob[g] === "*") {
      star = g++;
      starAt = n;
    } else if (glob[g] === "?" || glob[g] === name[n]) {
      g++;
      n++;
    } else if (star >= 0) {
      g = star + 1;
      n = ++starAt;
    } else return false;
  }
  while (glob[g] === "*") g++;
  return g === glob.length;
}
