/** Characters that a terminal or a reader of lines may obey: controls, formats, separators of lines. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text as it may be printed on one line: what a client sent must not move the cursor or clear the screen. */
export function singleLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(CONTROLS, '\uFFFD');
}

/** JSON as it may be printed: by itself it escapes the controls of ASCII only. */
export function escapeControls(json: string): string {
  return json.replace(CONTROLS, escapeUnits);
}

function escapeUnits(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
