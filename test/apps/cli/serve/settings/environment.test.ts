import { describe, expect, it } from 'vitest';
import { findUnknownVariables } from '../../../../../apps/cli/serve/settings/environment.ts';

describe('the unknown variables of an environment', () => {
  it('are those that are named as ours are and belong to no option', () => {
    const env = { MEDIA_SESSIONS_RETENTON: '3', MEDIA_SESSIONS_RETENTION: '3', PORT: '80', RETENTON: '3' };
    expect(findUnknownVariables(env)).toEqual(['MEDIA_SESSIONS_RETENTON']);
  });

  it('are not those that Kubernetes makes of a service of our name', () => {
    expect(
      findUnknownVariables({
        MEDIA_SESSIONS_SERVICE_HOST: '10.0.0.1',
        MEDIA_SESSIONS_SERVICE_PORT: '80',
        MEDIA_SESSIONS_PORT: 'tcp://10.0.0.1:80',
        MEDIA_SESSIONS_PORT_8080_TCP_ADDR: '10.0.0.1',
        MEDIA_SESSIONS_COLLECTOR_SERVICE_PORT_HTTP: '80',
      }),
    ).toEqual([]);
  });
});
