import { describe, expect, it } from 'vitest';
import { BadInput } from '../../../../../apps/cli/errors.ts';
import type { Environment } from '../../../../../apps/cli/serve/settings/environment.ts';
import { readSettings } from '../../../../../apps/cli/serve/settings/settings.ts';

const STORES = 'memory, sqlite:FILE, redis://HOST:PORT or postgres://USER@HOST/NAME';

describe('the settings of media-sessions serve', () => {
  it('are these when nothing is set', () => {
    expect(readSettings([], {})).toEqual({
      host: '127.0.0.1',
      port: 8080,
      'keep-alive': 65,
      store: undefined,
      retention: undefined,
      validation: 'standard',
      edge: true,
      reports: undefined,
      'reports-secret': undefined,
      inspector: true,
      token: undefined,
      log: 'text',
      'shutdown-timeout': 9,
    });
  });

  it.each([
    ['host', 'MEDIA_SESSIONS_HOST', '[::1]', '::1'],
    ['host', 'MEDIA_SESSIONS_HOST', 'localhost', 'localhost'],
    ['port', 'MEDIA_SESSIONS_PORT', '0', 0],
    ['port', 'PORT', '65535', 65_535],
    ['store', 'MEDIA_SESSIONS_STORE', 'memory', { type: 'memory' }],
    ['store', 'MEDIA_SESSIONS_STORE', 'sqlite:other.db', { type: 'sqlite', file: 'other.db' }],
    ['retention', 'MEDIA_SESSIONS_RETENTION', '30', 2_592_000_000],
    ['retention', 'MEDIA_SESSIONS_RETENTION', '0.5', 43_200_000],
    ['validation', 'MEDIA_SESSIONS_VALIDATION', 'strict', 'strict'],
    ['reports', 'MEDIA_SESSIONS_REPORTS', 'reports.ndjson', { file: 'reports.ndjson' }],
    ['reports', 'MEDIA_SESSIONS_REPORTS', 'https://example.com/x', { url: 'https://example.com/x' }],
    ['reports-secret', 'MEDIA_SESSIONS_REPORTS_SECRET', 'a secret', 'a secret'],
    ['token', 'MEDIA_SESSIONS_TOKEN', 'a-good-token', 'a-good-token'],
    ['log', 'MEDIA_SESSIONS_LOG', 'json', 'json'],
    ['shutdown-timeout', 'MEDIA_SESSIONS_SHUTDOWN_TIMEOUT', '3600', 3600],
  ])('take --%s, or %s, as %s', (flag, variable, text, value) => {
    expect(readSettings([`--${flag}`, text], {})).toMatchObject({ [flag]: value });
    expect(readSettings([], { [variable]: text })).toMatchObject({ [flag]: value });
  });

  it.each([
    ['--no-inspector', ['--no-inspector'], {}, false],
    ['--inspector rather than the variable', ['--inspector'], { MEDIA_SESSIONS_INSPECTOR: 'false' }, true],
    ['MEDIA_SESSIONS_INSPECTOR=false', [], { MEDIA_SESSIONS_INSPECTOR: 'false' }, false],
    ['MEDIA_SESSIONS_INSPECTOR=true', [], { MEDIA_SESSIONS_INSPECTOR: 'true' }, true],
    ['an empty MEDIA_SESSIONS_INSPECTOR', [], { MEDIA_SESSIONS_INSPECTOR: '' }, true],
  ] as [string, string[], Environment, boolean][])('have the inspector as %s says', (_, args, env, inspector) => {
    expect(readSettings(args, env)).toMatchObject({ inspector });
  });

  it.each([
    ['--no-edge', ['--no-edge'], {}, false],
    ['MEDIA_SESSIONS_EDGE=false', [], { MEDIA_SESSIONS_EDGE: 'false' }, false],
  ] as [string, string[], Environment, boolean][])('have the Media Edge API as %s says', (_, args, env, edge) => {
    expect(readSettings(args, env)).toMatchObject({ edge });
  });

  it.each([
    ['--port rather than PORT', ['--port', '81'], { PORT: '80' }],
    ['MEDIA_SESSIONS_PORT rather than PORT', [], { MEDIA_SESSIONS_PORT: '81', PORT: '80' }],
    ['PORT beside what Kubernetes makes of a service', [], { MEDIA_SESSIONS_PORT: 'tcp://10.0.0.1:80', PORT: '81' }],
    ['PORT beside an empty MEDIA_SESSIONS_PORT', [], { MEDIA_SESSIONS_PORT: '', PORT: '81' }],
  ] as [string, string[], Environment][])('have the port of %s', (_, args, env) => {
    expect(readSettings(args, env)).toMatchObject({ port: 81 });
  });

  it.each([['--help'], ['-h'], ['--help', '--port', '1']])('give way to help for %s %s', (...args) => {
    expect(readSettings(args, {})).toBe('help');
  });

  it.each([
    [['--prot', '1'], {}, "Unknown option '--prot'; media-sessions serve --help lists the options"],
    [['8080'], {}, "Unexpected argument '8080'; media-sessions serve --help lists the options"],
    [['--port'], {}, "Option '--port <value>' argument missing; media-sessions serve --help lists the options"],
    [['--port', 'http'], {}, '--port must be a whole number from 0 to 65535, not http'],
    [['--port', '65536'], {}, '--port must be a whole number from 0 to 65535, not 65536'],
    [['--port', ''], {}, "--port must be a whole number from 0 to 65535, not ''"],
    [[], { PORT: '-1' }, 'PORT must be a whole number from 0 to 65535, not -1'],
    [[], { MEDIA_SESSIONS_PORT: 'x' }, 'MEDIA_SESSIONS_PORT must be a whole number from 0 to 65535, not x'],
    [['--host', '[]'], {}, '--host must be a host name or an IP address, not []'],
    [['--retention', '0'], {}, '--retention must be a number of days above 0, such as 30 or 0.5, not 0'],
    [
      [],
      { MEDIA_SESSIONS_RETENTION: '30d' },
      'MEDIA_SESSIONS_RETENTION must be a number of days above 0, such as 30 or 0.5, not 30d',
    ],
    [['--validation', 'lax'], {}, '--validation must be standard, strict or lenient, not lax'],
    [['--log', 'xml'], {}, '--log must be text or json, not xml'],
    [[], { MEDIA_SESSIONS_INSPECTOR: 'no' }, 'MEDIA_SESSIONS_INSPECTOR must be true or false, not no'],
    [['--shutdown-timeout', '1h'], {}, '--shutdown-timeout must be a whole number of seconds from 0 to 3600, not 1h'],
    [
      ['--shutdown-timeout', '3601'],
      {},
      '--shutdown-timeout must be a whole number of seconds from 0 to 3600, not 3601',
    ],
  ] as [string[], Environment, string][])('say what is wrong with %j %j', (args, env, message) => {
    expect(() => readSettings(args, env)).toThrow(new BadInput(message));
  });

  it.each([
    ['--store', 'mysql://root:password@localhost/db', STORES],
    ['--store', 'sqlite:', STORES],
    ['--store', 'sqlite://file.db', STORES],
    ['--store', 'sessions.db', STORES],
    ['--store', 'redis', STORES],
    ['--reports', 'ftp://host/x', 'a file, or an http or https URL without a user or password'],
    ['--reports', 'https://user:password@host/x', 'a file, or an http or https URL without a user or password'],
    ['--reports', 'http://', 'a file, or an http or https URL without a user or password'],
    ['--reports-secret', 'secret', '8 or more characters'],
    ['--token', 'short', '8 or more letters, digits and signs of ASCII, without spaces'],
    ['--token', 'with a space', '8 or more letters, digits and signs of ASCII, without spaces'],
  ])('say what is wrong with %s %s without repeating what may be a secret', (flag, text, expected) => {
    expect(() => readSettings([flag, text], {})).toThrow(new BadInput(`${flag} must be ${expected}`));
  });
});
