import type { PlacedRow } from '../shared/session-page.ts';

/** A session as its table has it. */
export interface PostgresSessionRow extends PlacedRow {
  readonly event_count: number;
  /** When its close is checked, in Unix milliseconds: at its deadline or earlier; null: it is settled. */
  readonly due: number | null;
  readonly claimed: boolean;
}

/** The statements of the store, as SQL text. Parameters are documented where they are not plain. */
export type Statements = ReturnType<typeof statements>;

/** @param schema As SQL text names it. */
export function statements(schema: string) {
  const session = `id::double precision as id, sid, started_at, deadline, close_reason, last_event_at, playhead,
    playhead_moved_at, length, validation_token, edge, event_count, due, claimed`; // the driver reads a bigint as a string

  return {
    find: `select ${session} from ${schema}.sessions where sid = $1`,

    /**
     * Locks sessions, by their ids where those are known: the sessions of the day have ids side by side, while each
     * sid is in a page of its own of a large index. All who lock several do so in the order of ids, so that nobody
     * waits in a circle. A locked row stays where it is, so that its ctid spares `append` the way through the index.
     */
    lock: `
      select ctid, ${session} from ${schema}.sessions where id = any($1) or sid = any($2)
      order by sessions.id for update`,

    /** Inserts sessions, then their events by sid, a column a parameter. Gives those whose sids were free. */
    create: `
      with created as (
        insert into ${schema}.sessions (sid, started_at, deadline, close_reason, last_event_at, playhead,
          playhead_moved_at, length, validation_token, edge, event_count, due)
        select *, deadline from unnest($1::text[], $2::double precision[], $3::double precision[], $4::text[],
          $5::double precision[], $6::double precision[], $7::double precision[], $8::double precision[], $9::text[],
          $10::text[], $11::integer[])
          as new (sid, started_at, deadline, close_reason, last_event_at, playhead, playhead_moved_at,
            length, validation_token, edge, event_count)
        on conflict (sid) do nothing
        returning id, sid
      ), first_events as (
        insert into ${schema}.events (session, place, received_at, event)
        select created.id, new.place, new.received_at, new.event
        from unnest($12::text[], $13::integer[], $14::double precision[], $15::text[])
          as new (sid, place, received_at, event)
        join created using (sid)
      )
      select id::double precision as id, sid from created`,

    /**
     * Updates sessions, which are locked, and inserts the events that advanced them, a column a parameter. All rows are
     * fetched by one scan; the join alone would start one for each.
     */
    append: `
      with advanced as (
        update ${schema}.sessions set deadline = new.deadline, close_reason = new.close_reason,
          last_event_at = new.last_event_at, playhead = new.playhead, playhead_moved_at = new.playhead_moved_at,
          length = new.length, event_count = new.event_count, due = least(due, new.deadline)
        from unnest($1::tid[], $2::double precision[], $3::text[], $4::double precision[],
          $5::double precision[], $6::double precision[], $7::double precision[], $8::integer[])
          as new (place, deadline, close_reason, last_event_at, playhead, playhead_moved_at, length, event_count)
        where sessions.ctid = new.place and sessions.ctid = any($1)
      )
      insert into ${schema}.events (session, place, received_at, event)
      select * from unnest($9::bigint[], $10::integer[], $11::double precision[], $12::text[])`,

    /**
     * Reads the events of a session from place $2 to before $3, and of those the ones that begin within the first $4
     * characters. Gives one row of nulls when there is none, no row for an unknown session.
     */
    events: `
      select received_at, event
      from ${schema}.sessions left join lateral (
        select place, received_at, event, sum(length(event)) over (order by place) - length(event) as before
        from ${schema}.events where session = id and place >= $2::bigint and place < $3::bigint
      ) as page on before < $4
      where sid = $1 order by place`,

    listBefore: `select ${session} from ${schema}.sessions where sessions.id < $1 order by sessions.id desc limit $2`,
    listUnclaimedBefore: `
      select ${session} from ${schema}.sessions where sessions.id < $1 and not claimed
      order by sessions.id desc limit $2`,

    anyClaimed: `select exists (select 1 from ${schema}.sessions where claimed) as claimed`,

    /** Moves the due time of open sessions to their deadline, among a number of those that are due. */
    moveLater: `
      update ${schema}.sessions set due = deadline
      where id = any(array(
        select id from ${schema}.sessions
        where id = any(array(select id from ${schema}.sessions where due <= $1 order by due limit $2))
          and due <= $1 and deadline > $1
        for update skip locked))`,

    /** Leases closed sessions, but those that another process leases at this very moment. */
    claim: `
      update ${schema}.sessions set due = $2, claimed = true
      where id = any(array(
        select id from ${schema}.sessions where due <= $1 and deadline <= $1 order by due limit $3
        for update skip locked))
      returning ${session}`,

    settle: `
      update ${schema}.sessions set due = null, claimed = true
      where id = any(array(
        select id from ${schema}.sessions where sid = any($1) and due is not null order by id for update))`,

    /** Remove sessions that were closed by a time, only the settled or all of them, with their events. */
    forgetSettled: forget('due is null and deadline <= $1'),
    forgetClosed: forget('due <= $1 and deadline <= $1'),
  };

  function forget(condition: string): string {
    return `
      with forgotten as (
        delete from ${schema}.sessions
        where id = any(array(
          select id from ${schema}.sessions where ${condition} limit $2 for update skip locked))
        returning id)
      delete from ${schema}.events where session = any(array(select id from forgotten))`;
  }
}
