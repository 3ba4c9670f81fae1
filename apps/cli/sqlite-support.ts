/** Tells whether this Node has SQLite, without its warning (Node 22) that this is new, which no user can act on. */
export function hasSqlite(): boolean {
  const warn = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite') !== undefined;
  } finally {
    process.emitWarning = warn;
  }
}
