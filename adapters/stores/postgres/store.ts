import { boundedMap } from '../../../src/common/bounded-map.ts';
import { checkOptionNames, requirePositive } from '../../../src/common/option-checks.ts';
import { withTimeout } from '../../../src/common/timeout.ts';
import { boundsOf, MAX_PAGE_LENGTH } from '../../../src/session/event-pages.ts';
import { lengthOf, recordOf } from '../../../src/session/event-record.ts';
import { isSessionId, requireSessionId } from '../../../src/session/session-id.ts';
import type { AppendResult, SessionStore } from '../../../src/session/store.ts';
import { batches } from '../shared/batches.ts';
import { ANSWER_TIMEOUT } from '../shared/limits.ts';
import { readPage } from '../shared/session-page.ts';
import { toRow, toSession } from '../shared/session-row.ts';
import { type Append, appendBatch } from './append-batch.ts';
import { connections, type PostgresClient, type PostgresPool, type PostgresPoolClient } from './connections.ts';
import { type Create, createBatch } from './create-batch.ts';
import { tooSlow } from './errors.ts';
import { postgresRetention } from './retention.ts';
import { isMigrated, migrate, quoted } from './schema.ts';
import { type PostgresSessionRow, statements } from './statements.ts';
import { transactions } from './transactions.ts';

export type { PostgresClient, PostgresPool, PostgresPoolClient };

export interface PostgresStoreOptions {
  /** The schema that holds the tables: `media_sessions`. It is made when it is missing. */
  readonly schema?: string;
  /** How long a closed session is remembered, in milliseconds: for ever. */
  readonly retention?: number;
}

/** The most characters of a batch: what a machine of two cores compresses and writes in about 200 ms. */
const MAX_BATCH_SIZE = 2 * 1024 * 1024;
/** How many sessions that are due but may be open still one call of `claimClosed` checks. */
const MAX_MOVED = 5000;
/** After how many new sessions old ones are forgotten: more of them than came, so that they do not pile up. */
const FORGET_EVERY = 100;

/**
 * A store in a PostgreSQL database, for any number of processes. What comes while a batch is written is the next
 * batch, and is answered after its COMMIT.
 *
 * @param pool A `Pool` of pg. It stays yours to end, once the store is closed. Without a `connectionTimeoutMillis` it is
 * given one of 5000.
 * @throws TypeError when it is no pool or an option is wrong or unknown, RangeError when the retention is not above 0.
 *
 * @example
 * const pool = new Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 2000 });
 * createServer(sessionsMiddleware({ store: postgresStore(pool) })).listen(8080);
 */
export function postgresStore(pool: PostgresPool, options: PostgresStoreOptions = {}): SessionStore {
  checkOptionNames(options, ['schema', 'retention'], 'postgresStore');
  const { schema = 'media_sessions', retention: retentionMs = Number.POSITIVE_INFINITY } = options;
  checkArguments(pool, schema, retentionMs);
  const connected = connections(pool);
  const database = transactions(connected, {
    isDone: (client) => isMigrated(client, schema),
    perform: (client) => migrate(client, schema),
  });
  const sql = statements(quoted(schema));
  const ids = boundedMap<number>(); // a hint, which is wrong where rows were moved or replaced
  const retention = postgresRetention(database, sql, retentionMs);
  let created = 0;

  const creates = transactionBatches<Create>((client, batch) => createBatch(sql, client, batch, ids));
  const appends = transactionBatches<Append>(async (client, batch) => {
    await retention.detectClaims(client);
    return appendBatch(sql, client, batch, ids, retention.isForgotten);
  });
  const settles = transactionBatches<string>(async (client, batch) => {
    await client.query(sql.settle, [batch]);
    return [];
  });

  /** Makes batches that are written in a transaction each. An operation resolves after the COMMIT. */
  function transactionBatches<Operation>(
    write: (client: PostgresClient, batch: readonly Operation[]) => Promise<unknown[]>,
  ) {
    return batches<Operation>(
      async (batch) => {
        const operations = batch.map(({ operation }) => operation);
        const outcomes = await database.run((client) => write(client, operations));
        for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index]);
      },
      { maxBatchSize: MAX_BATCH_SIZE },
    );
  }

  /** Reads the rows of one statement, which come untyped: the caller restates its columns. */
  async function query<Row>(text: string, values?: unknown[]): Promise<Row[]> {
    const { rows } = await database.run((client) => client.query(text, values));
    return rows as Row[];
  }

  async function claim(now: number, leasedUntil: number, limit: number): Promise<PostgresSessionRow[]> {
    retention.noteClaims();
    await query(sql.moveLater, [now, MAX_MOVED]);
    return query<PostgresSessionRow>(sql.claim, [now, leasedUntil, limit]);
  }

  return {
    async create(session, events) {
      const row = toRow(session);
      requireSessionId(row.sid);
      const records = events.map(recordOf);
      const isNew = await creates.add({ row, events: records }, lengthOf(records));
      if (isNew !== true) throw new Error(`A session has the id ${row.sid} already`);
      created += 1;
      if (created % FORGET_EVERY === 0) void retention.forget(row.started_at); // its player does not wait for this
    },

    async append(sid, events, rule) {
      if (!isSessionId(sid)) return 'unknown';
      const records = events.map(recordOf);
      return (await appends.add({ sid, records, rule }, lengthOf(records))) as AppendResult; // as appendBatch gives it
    },

    async get(sid) {
      if (!isSessionId(sid)) return undefined;
      const [row] = await query<PostgresSessionRow>(sql.find, [sid]);
      return row && toSession(row);
    },

    async events(sid, range) {
      if (!isSessionId(sid)) return undefined;
      const { from, to } = boundsOf(range);
      const rows = await query<PostgresEventRow>(sql.events, [sid, from, to, MAX_PAGE_LENGTH]);
      if (rows.length === 0) return undefined;
      return rows.flatMap(({ received_at, event }) =>
        event === null ? [] : { event: JSON.parse(event), receivedAt: received_at },
      );
    },

    async list(searched, now) {
      const text = searched.state === 'open' ? sql.listUnclaimedBefore : sql.listBefore;
      return readPage(searched, now, (place, limit) => query<PostgresSessionRow>(text, [place, limit]));
    },

    async claimClosed(now, leaseMs, limit) {
      const claimed = limit > 0 ? await claim(now, now + leaseMs, limit) : [];
      // A removal that takes longer goes on while the closes are delivered.
      await withTimeout(ANSWER_TIMEOUT, retention.forget(now), tooSlow).catch(() => {});
      return claimed.map(toSession);
    },

    async settle(sid) {
      if (isSessionId(sid)) await settles.add(sid, sid.length);
    },

    async close() {
      await Promise.all([creates.close(), appends.close(), settles.close(), retention.close()]);
      connected.close();
    },
  };
}

/** A row of `sql.events`. */
interface PostgresEventRow {
  readonly received_at: number;
  readonly event: string | null;
}

function checkArguments(pool: unknown, schema: unknown, retention: unknown): void {
  if (typeof pool !== 'object' || pool === null || !('totalCount' in pool)) {
    throw new TypeError('postgresStore: give it a Pool of pg, new Pool({ connectionString })');
  }
  if (typeof schema !== 'string' || !/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    const found = JSON.stringify(schema) ?? typeof schema;
    throw new TypeError(`postgresStore: schema must be a name of lower-case letters, digits and _, not ${found}`);
  }
  if (schema.startsWith('pg_')) {
    throw new TypeError(`postgresStore: schema must not start with pg_, which PostgreSQL keeps for its own: ${schema}`);
  }
  requirePositive('postgresStore', 'retention', retention);
}
