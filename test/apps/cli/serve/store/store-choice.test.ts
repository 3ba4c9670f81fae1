import { describe, expect, it } from 'vitest';
import { parseStoreChoice, withoutPassword } from '../../../../../apps/cli/serve/store/store-choice.ts';

describe('the choice of a store', () => {
  it.each([
    ['memory', { type: 'memory' }],
    ['sqlite:sessions.db', { type: 'sqlite', file: 'sessions.db' }],
    ['sqlite:///var/sessions.db', { type: 'sqlite', file: '///var/sessions.db' }],
    ['redis://localhost', { type: 'redis', url: 'redis://localhost' }],
    ['rediss://localhost', { type: 'redis', url: 'rediss://localhost' }],
    ['postgres://user@host/db', { type: 'postgres', url: 'postgres://user@host/db' }],
    ['postgresql://user@host/db', { type: 'postgres', url: 'postgresql://user@host/db' }],
  ])('is made of %s', (text, choice) => {
    expect(parseStoreChoice(text)).toEqual(choice);
  });

  it.each(['mysql://host/db', 'sqlite:', 'sqlite://file.db', 'sessions.db', 'redis', ''])(
    'is not made of %j',
    (text) => {
      expect(parseStoreChoice(text)).toBeUndefined();
    },
  );

  it('is named without a password, wherever that stands in its URL', () => {
    expect(withoutPassword('postgres://user:secret@host:5432/db?password=secret')).toBe('postgres://host:5432/db');
    expect(withoutPassword('redis://:secret@host/')).toBe('redis://host');
  });
});
