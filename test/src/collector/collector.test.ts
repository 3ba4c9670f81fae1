import { afterEach, describe, expect, it, vi } from 'vitest';
import { type CollectorOptions, createCollector, memoryStore, type Timeouts } from '../../../src/index.ts';
import { closeAll, collect, startCall } from '../../support/collector.ts';

afterEach(closeAll);

describe('createCollector', () => {
  it.each([
    [{ validation: 'lax' }, "The option validation must be 'standard' or 'strict'"],
    [
      { store: {} },
      'The option store must be a SessionStore, such as memoryStore(): an object with the methods create, ',
    ],
    [{ maxBodyBytes: '1mb' }, 'The option maxBodyBytes must be a whole number of bytes above 0'],
    [{ timeouts: { idle: 1000 } }, 'grace no longer than idle'],
    [{ timeouts: { stall: Number.MAX_SAFE_INTEGER } }, 'from 1 to 3153600000000, which is 100 years'],
    [{ timeouts: { idel: 1000 } }, 'The option timeouts must be'],
    [{ timeouts: [] }, 'The option timeouts must be'],
    [{ timeouts: Promise.resolve({ idle: 1000, grace: 1 }) }, 'The option timeouts must be'],
    [{ cors: [] }, 'The option cors must be'],
    [{ cors: { origins: '*' } }, 'The option cors must be'],
    [{ cors: { origin: [1] } }, 'The option cors must be'],
    [{ cors: { origin: [] } }, 'The option cors must be'],
    [{ cors: { origin: ['*', 'https://a.example'] } }, 'The option cors must be'],
    [{ cors: { origin: 'https://a.example/' } }, 'an origin such as https://example.com'],
    [{ cors: { origin: 'https://*.example.com' } }, 'an origin such as https://example.com'],
    [{ cors: { origin: ['https://Example.com'] } }, 'an origin such as https://example.com'],
    [{ cors: { origin: 'https://example.com:443' } }, 'an origin such as https://example.com'],
    [{ now: () => new Date() }, 'now must return Unix milliseconds, a whole number'],
    [{ now: () => Date.now() + 0.5 }, 'now must return Unix milliseconds, a whole number'],
    [{ now: () => -1 }, 'now must return Unix milliseconds, a whole number'],
    [{ sweepInterval: 0 }, 'The option sweepInterval must be'],
    [{ sweepInterval: 2 ** 31 }, 'from 1 to 2147483647'],
    [{ onEvent: true }, 'The option onEvent must be a function'],
    [{ maxBodySize: 1 }, 'There is no option maxBodySize; the options are store, validation, cors, edge, maxBodyBytes'],
    [null, 'Expected an object of options, got null'],
    [new Request('http://localhost'), 'Expected options, got a request: mount what the function gives'],
    [[], 'Expected an object of options, got array'],
    [Promise.resolve({}), 'Expected an object of options, got a promise: await it'],
    ['x', 'Expected an object of options, got string'],
    [memoryStore(), 'A store goes into an option: { store }'],
    [createCollector(), 'Expected options, got a collector'],
    [{ edge: 'ee' }, 'The option edge must be true, false, or { basePath'],
    [{ edge: { basePath: '/ee?x' } }, 'The option edge must be'],
    [{ edge: { orgId: 'org' } }, 'The option edge must be'],
    [{ edge: { base: 'ee' } }, 'The option edge must be'],
    [{ collector: createCollector() }, 'A collector goes in place of the options'],
  ])('says how to mend %j', (options, message) => {
    expect(() => createCollector(options as CollectorOptions)).toThrow(message);
  });

  it.each(['https://a.example', 'http://localhost:3000', 'capacitor://localhost', 'null', '*'])(
    'takes %s for an origin',
    (origin) => {
      expect(collect({ cors: { origin } })).toBeDefined();
    },
  );

  it('takes undefined for the default of an option', async () => {
    const collector = collect({
      store: undefined,
      cors: undefined,
      timeouts: undefined,
    } as unknown as CollectorOptions);
    expect((await collector.handle(startCall()))?.status).toBe(201);
    const timeouts = { idle: undefined, stall: 60_000 } as unknown as Partial<Timeouts>;
    expect(collect({ timeouts }).timeouts).toEqual({ idle: 600_000, stall: 60_000, grace: 5_000 });
  });
});

describe('close', () => {
  it('closes the store it made, and not the one it was handed', async () => {
    const store = { ...memoryStore(), close: vi.fn(async () => {}) };
    await collect({ store }).close();
    expect(store.close).not.toHaveBeenCalled();
  });
});
