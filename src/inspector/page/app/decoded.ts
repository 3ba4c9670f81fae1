/** A part of an address without its percent signs; one that stands there by mistake stays. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
