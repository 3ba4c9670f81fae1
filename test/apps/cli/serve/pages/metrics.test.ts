import { afterEach, describe, expect, it } from 'vitest';
import { observedCollector } from '../../../../../apps/cli/serve/observed-collector.ts';
import { createHealth } from '../../../../../apps/cli/serve/pages/health.ts';
import { createMetrics } from '../../../../../apps/cli/serve/pages/metrics.ts';
import { createCollector, EVENT_TYPES, eventSchemas, handleSessionStart } from '../../../../../src/index.ts';
import { memoryStore } from '../../../../../src/memory-store/memory-store.ts';
import { documentedStart, downloadedSession, events, start } from '../../../../../src/testing/conformance/samples.ts';
import { endAll, type RunningServer, startServe } from '../../../../support/cli/serve.ts';
import { call } from '../../../../support/collector.ts';

afterEach(endAll);

/** The samples of the page of a server. */
async function metricsOf({ url }: RunningServer): Promise<Map<string, number>> {
  const response = await fetch(`${url}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return parseMetrics(await response.text());
}

/** The samples of a page in Prometheus' text format, by name and labels. */
function parseMetrics(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || /^# (HELP|TYPE) [a-z]\w* /.test(line)) continue;
    const [, name = '', labels = '', value] = /^([a-z]\w*)(\{.*\})? (\S+)$/.exec(line) ?? [];
    if (name === '') throw new Error(`This is no sample: ${line}`);
    samples.set(name + labels, Number(value));
  }
  return samples;
}

/** The samples of one metric, by their labels. */
function samplesOf(samples: ReadonlyMap<string, number>, name: string): Record<string, number> {
  return Object.fromEntries(
    [...samples].flatMap(([key, value]) => (key.split('{')[0] === name ? [[key.slice(name.length), value]] : [])),
  );
}

describe('/metrics of media-sessions serve', () => {
  it('counts what was sent', async () => {
    const server = await startServe(['--store', 'memory']);
    const location = await server.start();
    const other = await server.start();
    const post = (path: string, body: unknown) => server.post(path, body).then(({ status }) => status);
    expect(await post(`${location}/events`, events.play)).toBe(204);
    expect(await post(`${other}/events`, events.play)).toBe(204);
    expect(await post('/api/v1/downloaded', [start, events.play])).toBe(201);
    expect(await post('/api/v1/sessions', '{')).toBe(400);
    expect(await post('/api/v1/sessions', { ...start, playerTime: undefined })).toBe(400);
    expect(await post('/api/v1/sessions', events.play)).toBe(400);
    expect(await post(`${location}/events`, { ...events.play, playerTime: 'now' })).toBe(400);
    expect(await post(`${location}/events`, { ...events.play, eventType: 'pong' })).toBe(400);
    expect(await post('/api/v1/sessions/nobody/events', events.play)).toBe(404);
    expect(await post('/api/v1/sessions', `"${'x'.repeat(1_048_577)}"`)).toBe(413);
    expect((await fetch(`${server.url}/api/v1/sessions`)).status).toBe(405);
    expect((await fetch(`${server.url}/api/v1/schemas/pong`)).status).toBe(404);
    for (const path of ['a', 'b', 'c']) expect((await fetch(`${server.url}/${path}`)).status).toBe(404);
    expect(await post('/v1/sessions', start)).toBe(404);
    expect((await fetch(`${server.url}/inspect/api/sessions?cursor=made-up`)).status).toBe(400);

    const metrics = await metricsOf(server);
    expect(samplesOf(metrics, 'media_sessions_requests_total')).toEqual({
      '{route="sessions",status="201"}': 2,
      '{route="sessions",status="400"}': 3,
      '{route="sessions",status="405"}': 1,
      '{route="sessions",status="413"}': 1,
      '{route="events",status="204"}': 2,
      '{route="events",status="400"}': 2,
      '{route="events",status="404"}': 1,
      '{route="downloaded",status="201"}': 1,
      '{route="schema",status="404"}': 1,
      '{route="other",status="404"}': 4,
      '{route="inspect",status="400"}': 1,
    });
    expect(samplesOf(metrics, 'media_sessions_rejections_total')).toEqual({
      '{status="400",code="unreadable"}': 1,
      '{status="400",code="missing-field"}': 1,
      '{status="400",code="misplaced-event"}': 1,
      '{status="400",code="wrong-value"}': 2,
      '{status="404",code="unknown-path"}': 1,
      '{status="404",code="unknown-session"}': 1,
      '{status="404",code="unknown-schema"}': 1,
      '{status="405",code="method-not-allowed"}': 1,
      '{status="413",code="body-too-large"}': 1,
    });
    const noStart = 'path="$.eventType",expected="sessionStart",got="string"';
    expect(samplesOf(metrics, 'media_sessions_lost_sessions_total')).toEqual({
      '{path="$",expected="",got=""}': 1,
      '{path="$.playerTime",expected="object",got="nothing"}': 1,
      [`{${noStart}}`]: 1,
    });
    expect(samplesOf(metrics, 'media_sessions_malformed_total')).toEqual({
      '{event="",path="$",expected="",got=""}': 1,
      '{event="sessionStart",path="$.playerTime",expected="object",got="nothing"}': 1,
      [`{event="play",${noStart}}`]: 1,
      '{event="play",path="$.playerTime",expected="object",got="string"}': 1,
      '{event="",path="$.eventType",expected="the type of an event but sessionStart",got="string"}': 1,
    });
    expect(samplesOf(metrics, 'media_sessions_store_failures_total')).toEqual({});
    expect(metrics.get('media_sessions_open_sessions')).toBe(2);
    expect(samplesOf(metrics, 'media_sessions_store_seconds_count')).toMatchObject({
      '{operation="create"}': 3,
      '{operation="append"}': 3,
    });
    expect(metrics.get('media_sessions_store_seconds_bucket{le="+Inf",operation="create"}')).toBe(3);
    expect(metrics.get('process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(metrics.get('nodejs_heap_size_used_bytes')).toBeGreaterThan(0);
  });

  it('has a bounded number of series, whatever keys clients make up and however wrong they are', async () => {
    const metrics = createMetrics(async () => 0);
    const collector = createCollector({ validation: 'strict' });
    collector.observe({ onReject: metrics.countRejection });
    const oddities = [null, 1, 'x', true, [], {}];
    for (const type of EVENT_TYPES) {
      const { params } = eventSchemas.strict[type].properties ?? {};
      for (const key of Object.keys({ ...params?.properties, madeUp: 1, 'made up': 2 })) {
        for (const odd of oddities) {
          const event = { ...(type === 'sessionStart' ? documentedStart : events[type]) };
          const body = { ...event, params: { ...event.params, [key]: odd }, customMetadata: { [key]: odd } };
          await collector.handle(
            call(type === 'sessionStart' ? '/api/v1/sessions' : '/api/v1/sessions/x/events', body),
          );
        }
      }
    }
    const samples = parseMetrics((await metrics.page()).text);
    const series = Object.keys(samplesOf(samples, 'media_sessions_malformed_total'));
    expect(series.length).toBeLessThan(300);
    expect(series).toContain('{event="adStart",path="other",expected="",got=""}');
    expect(series.join()).not.toContain('made');
    await collector.close();
  });

  it('counts the sessions that closed, by what closed them', async () => {
    const store = memoryStore();
    const metrics = createMetrics(async () => 0);
    const health = createHealth(store, () => false);
    const deliverReport = async () => {};
    const collector = observedCollector({
      ...{ store, metrics, health, deliverReport },
      validation: 'standard',
      edge: false,
      log() {},
    });
    await handleSessionStart(downloadedSession, { store });
    await collector.close(); // which delivers the closes that are due
    const samples = parseMetrics((await metrics.page()).text);
    expect(samplesOf(samples, 'media_sessions_closes_total')).toEqual({
      '{reason="sessionEnd"}': 0,
      '{reason="idle"}': 0,
      '{reason="stall"}': 0,
      '{reason="downloaded"}': 1,
    });
    expect(samplesOf(samples, 'media_sessions_store_seconds_count')).toMatchObject({
      '{operation="events"}': 2, // the second finds that there are no more
      '{operation="settle"}': 1,
    });
  });

  it('has no more series for what clients make up', async () => {
    const server = await startServe(['--store', 'memory']);
    await server.post('/api/v1/sessions', 'x');
    await fetch(`${server.url}/x`);
    await metricsOf(server); // which counts itself from the next time on
    const countersOf = async () =>
      [...(await metricsOf(server)).keys()].filter((key) => /(requests|rejections)_/.test(key));
    const before = await countersOf();
    for (let call = 0; call < 50; call++) {
      await server.post(`/api/v1/sessions?${call}`, `made up ${call}`);
      await fetch(`${server.url}/made-up-${call}`, { method: call % 2 ? 'PUT' : 'GET' });
    }
    expect(await countersOf()).toEqual(before);
  });

  it('counts the open sessions of the store, also those of a process before', async () => {
    const first = await startServe(['--store', 'sqlite:kept.db']);
    await first.start();
    await first.start();
    const second = await startServe(['--store', `sqlite:${first.folder}/kept.db`]);
    await second.start();
    expect((await metricsOf(second)).get('media_sessions_open_sessions')).toBe(3);
  });
});
