import { isPromise } from '../common/maybe-promise.ts';
import { isOptions } from '../common/option-checks.ts';
import type { SessionStore } from '../session/store.ts';

const METHODS: readonly (keyof SessionStore)[] = [
  'create',
  'append',
  'get',
  'events',
  'list',
  'claimClosed',
  'settle',
  'close',
];

/** What a store is made of, by what tells it, and how. */
const MATERIALS: readonly (readonly [is: (value: unknown) => boolean, what: string, write: string])[] = [
  [isPromise, 'a promise', 'await it'],
  [startsWith('sqlite:'), 'a text', "write sqliteStore('FILE') of media-sessions/stores/sqlite"],
  [startsWith('redis'), 'a text', 'write redisStore(client) of media-sessions/stores/redis'],
  [startsWith('postgres'), 'a text', 'write postgresStore(pool) of media-sessions/stores/postgres'],
  [has('evalSha'), 'a client of Redis', 'wrap it: redisStore(client) of media-sessions/stores/redis'],
  [has('evalsha'), 'a client of ioredis', 'give redisStore of media-sessions/stores/redis one of node-redis'],
  [has('totalCount'), 'a pool of PostgreSQL', 'wrap it: postgresStore(pool) of media-sessions/stores/postgres'],
  [has('escapeIdentifier'), 'a client of pg', 'give a Pool to postgresStore of media-sessions/stores/postgres'],
  [has('prepare'), 'a database of SQLite', 'wrap it: sqliteStore(database) of media-sessions/stores/sqlite'],
  [(value) => typeof value === 'function', 'a function', 'call it, as in memoryStore()'],
];

/** Says what is wrong with a value for the option, or undefined when nothing is. */
export function storeFault(value: unknown, name: string): string | undefined {
  if (isStore(value)) return undefined;
  const [, what, write] = MATERIALS.find(([is]) => is(value)) ?? [];
  if (what !== undefined) return `${name} must be a SessionStore, not ${what}: ${write}`;
  return `${name} must be a SessionStore, such as memoryStore(): an object with the methods ${METHODS.join(', ')}`;
}

export function isStore(value: unknown): boolean {
  return isOptions(value) && METHODS.every((method) => typeof value[method] === 'function');
}

function startsWith(scheme: string): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && value.startsWith(scheme);
}

function has(member: string): (value: unknown) => boolean {
  return (value) => isOptions(value) && member in value;
}
