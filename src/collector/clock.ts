/** A clock that gives Unix milliseconds or throws: by any other time a session would start that nothing ever closes. */
export function checkedClock(now: () => number): () => number {
  return () => {
    const at = now();
    if (Number.isSafeInteger(at) && at >= 0) return at;
    throw new TypeError('createCollector: now must return Unix milliseconds, a whole number from 0 on');
  };
}

/** A clock that stands still while another throws, for work in the background. The calls, which fail, tell of it. */
export function steadyClock(now: () => number): () => number {
  let last = now();
  return () => {
    try {
      last = now();
    } catch {}
    return last;
  };
}
