import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startTimeout } from '../../../src/common/timeout.ts';

it('gives up at once, without a warning, where no time is left', async () => {
  const warning = once(process, 'warning').then(([{ name }]) => name);
  const givenUp = new Promise((resolve) => startTimeout(-1, () => resolve('given up')));
  expect(await Promise.race([warning, givenUp])).toBe('given up');
  expect(await Promise.race([warning, sleep(50, 'no warning')])).toBe('no warning');
});
