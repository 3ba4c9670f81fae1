import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SessionDetail, SessionList } from '../../../src/inspector/api.ts';
import { events, start } from '../../../src/testing/conformance/samples.ts';
import { eventsPath, inspected } from '../../support/inspector/inspect.ts';
import { withOddValues } from '../../support/odd-values.ts';

const { adBreakStart, adStart, chapterStart, play } = events;
const bodies = fc.tuple(...[start, adBreakStart, adStart, chapterStart, play].map(withOddValues));

it('shows a session of any values that lenient keeps, with texts where it has texts', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, async ([first, ...later]) => {
      const { post, read } = inspected({ validation: 'lenient' });
      const { headers } = await post('/api/v1/sessions', first);
      const sid = headers['Location']?.split('/').at(-1) ?? '';
      for (const event of later) expect((await post(eventsPath(sid), event)).status).toBe(204);

      const { sessions } = await read<SessionList>('/api/sessions');
      const { length, ...texts } = { ...sessions[0], startedAt: '', lastEventAt: '', deadline: '' };
      expect(length === null || typeof length === 'number').toBe(true);
      for (const [name, text] of Object.entries(texts)) expect(text, name).toBeTypeOf('string');
      expect((await read<SessionDetail>(`/api/sessions/${sid}`)).session.sid).toBe(sid);
      for (const part of ['lanes', 'ads', 'chapters', 'events']) await read(`/api/sessions/${sid}/${part}`);
    }),
    { numRuns: 60 },
  );
});
