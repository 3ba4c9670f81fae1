import ts from 'typescript';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { postReports } from '../../adapters/reports/post.ts';
import { closedSession } from '../support/report/closed-session.ts';
import { blocksOf } from './pages.ts';

type IsGenuine = (signature: string, body: Buffer, secret: string) => boolean;

/** The check of a signature that docs/reports.md has for receivers. */
async function documentedCheck(): Promise<IsGenuine> {
  const [block] = blocksOf('docs/reports.md').filter(({ code }) => code.includes('isGenuine'));
  const { outputText } = ts.transpileModule(block?.code ?? '', { compilerOptions: { module: ts.ModuleKind.ESNext } });
  const module = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
  return module.isGenuine;
}

/** The body and the signature of a report that is posted. */
async function postedReport(secret: string): Promise<{ readonly body: Buffer; readonly signature: string }> {
  let posted = new Request('https://example.com/');
  const send: typeof fetch = async (url, init) => {
    posted = new Request(url, init);
    return new Response(null, { status: 204 });
  };
  await postReports('https://example.com/', { secret, fetch: send })(closedSession());
  const body = Buffer.from(await posted.arrayBuffer());
  return { body, signature: posted.headers.get('media-sessions-signature') ?? '' };
}

afterEach(() => vi.restoreAllMocks());

describe('the check of a signature in docs/reports.md', () => {
  it('takes what is posted, and nothing that was changed or made up', async () => {
    const isGenuine = await documentedCheck();
    const { body, signature } = await postedReport('secret');
    expect(isGenuine(signature, body, 'secret')).toBe(true);

    expect(isGenuine(signature, Buffer.concat([body, Buffer.from(' ')]), 'secret')).toBe(false);
    expect(isGenuine(signature, body, 'another')).toBe(false);
    expect(isGenuine('', body, 'secret')).toBe(false);
  });

  it('takes no report that was signed over five minutes ago', async () => {
    const isGenuine = await documentedCheck();
    const { body, signature } = await postedReport('secret');
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 302_000);
    expect(isGenuine(signature, body, 'secret')).toBe(false);
  });
});
