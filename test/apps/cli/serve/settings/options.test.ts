import { describe, expect, it } from 'vitest';
import { OPTIONS, optionsHelp } from '../../../../../apps/cli/serve/settings/options.ts';

describe('the help of the options of media-sessions serve', () => {
  it('describes every flag and every variable', () => {
    const help = optionsHelp();
    for (const [name, { variables }] of Object.entries(OPTIONS)) {
      expect(help).toMatch(new RegExp(`^  --(\\[no-\\])?${name} `, 'm'));
      for (const variable of variables) expect(help).toMatch(new RegExp(`\\b${variable}\\b`));
    }
  });

  it('has the rule for tokens', () => {
    expect(optionsHelp()).toMatch(/--token TOKEN.*\n +8 or more letters, digits and signs of ASCII, without spaces\n/);
  });

  it('fits a terminal of 100 columns', () => {
    expect(
      optionsHelp()
        .split('\n')
        .filter((line) => line.length > 100),
    ).toEqual([]);
  });
});
