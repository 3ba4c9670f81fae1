/** Settles as a promise does, unless that takes longer than a time in milliseconds: then it rejects with `late`. */
export async function within<Outcome>(ms: number, promise: Promise<Outcome>, late: string): Promise<Outcome> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(late)), ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
