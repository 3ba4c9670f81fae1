/** Throws a TypeError for an option that there is not: a misspelt one would have no effect, and nobody would know. */
export function checkOptionNames(options: object, names: readonly string[], owner?: string): void {
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    const sentence = `here is no option ${name}; the options are ${names.join(', ')}`;
    throw new TypeError(owner === undefined ? `T${sentence}` : `${owner}: t${sentence}`);
  }
}
