import { expect, it } from 'vitest';
import { edgeRoots, edgeRoutes } from '../../../src/edge/endpoints.ts';

const find = edgeRoutes(edgeRoots());

it('finds each endpoint, with a region and without, and ignores one slash at the end', () => {
  for (const base of ['/ee', '/ee/or2', '/ee-pre-prd', '/ee/t35', '/ee-pre-prd/va6']) {
    expect(find(`${base}/va/v1/play`)).toEqual({ endpoint: 'edgeEvent', parameter: 'play' });
    expect(find(`${base}/va/v1/downloaded/`)).toEqual({ endpoint: 'edgeEvent', parameter: 'downloaded' });
    expect(find(`${base}/v1/interact`)).toEqual({ endpoint: 'edgeInteract', parameter: '' });
    expect(find(`//${base}/v1/collect`)).toEqual({ endpoint: 'edgeCollect', parameter: '' });
    expect(find(`${base}/v1/identity/acquire`)).toEqual({ endpoint: 'edgeIdentity', parameter: '' });
    expect(find(`${base}/v1/privacy/set-consent`)).toEqual({ endpoint: 'edgeConsent', parameter: '' });
  }
  expect(find('/api/v1/schemas/edge/play')).toEqual({ endpoint: 'edgeSchema', parameter: 'play' });
});

it('finds none for any other path', () => {
  for (const path of [
    '/',
    '/ee',
    '/ee/va/v1/stateStart',
    '/ee/va/v1/play/x',
    '/ee/a/b/va/v1/play',
    '/ee/va/v2/play',
    '/ee/v2/interact',
    '/eee/va/v1/play',
    '/ee/va/v1/play//',
    '/ee/%6fr2/va/v1/play',
    '/api/v1/schemas/edge',
    '/api/v1/schemas/edge/play/x',
    '/v1/interact',
    '/constructor',
  ]) {
    expect(find(path), path).toBeUndefined();
  }
});

it('finds them under a base of one own too, taken to the letter', () => {
  const own = edgeRoutes(edgeRoots('/own.path/ee'));
  expect(own('/own.path/ee/or2/v1/interact')).toEqual({ endpoint: 'edgeInteract', parameter: '' });
  expect(own('/ee/va/v1/ping')).toEqual({ endpoint: 'edgeEvent', parameter: 'ping' });
  expect(own('/ownxpath/ee/v1/interact')).toBeUndefined();
});
