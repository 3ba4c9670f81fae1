/** A value that is known already, or the promise of one: nothing is waited for where nothing must be. */
export type MaybePromise<Value> = Value | Promise<Value>;

/** Hands a value on at once, or once its promise is kept. What `next` throws is thrown, or rejects the promise. */
export function chain<Value, Next>(
  value: MaybePromise<Value>,
  next: (value: Value) => MaybePromise<Next>,
): MaybePromise<Next> {
  return isPromise(value) ? value.then(next) : next(value);
}

/** Tells a promise, of any library, from a value. */
export function isPromise<Value>(value: MaybePromise<Value>): value is Promise<Value> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
}
