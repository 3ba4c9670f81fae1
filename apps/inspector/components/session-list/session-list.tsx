import { useMemo } from 'preact/hooks';
import { sessionLink } from '../../route.ts';
import { route } from '../../state/browser.ts';
import {
  cursorSid,
  lookingFurther,
  pages,
  type StateFilter,
  search,
  showOlder,
  stateFilter,
} from '../../state/sessions.ts';
import { Button } from '../shared/buttons.tsx';
import { VirtualList } from '../shared/virtual-list.tsx';
import { SessionRow } from './session-row.tsx';

const ROW = 76;

const FILTERS: readonly StateFilter[] = ['all', 'open', 'closed'];

/** Every session there is, newest first, with a search. */
export function SessionList() {
  const sessions = pages.value?.sessions ?? [];
  const keys = useMemo(() => sessions.map(({ sid }) => sid), [pages.value]);
  const shown = route.value.page === 'session' ? route.value.sid : undefined;
  const active = sessions.findIndex(({ sid }) => sid === cursorSid.value);
  const open = (at: number) => {
    const sid = sessions[at]?.sid;
    if (sid !== undefined) location.hash = sessionLink(sid);
  };

  return (
    <nav class="sidebar" aria-label="Sessions">
      <div class="sidebar-tools">
        <input
          id="search"
          class="input"
          type="search"
          placeholder="Search media, player, visitor, id"
          aria-label="Search sessions"
          aria-keyshortcuts="/"
          autocomplete="off"
          spellcheck={false}
          value={search.value}
          onInput={({ currentTarget }) => {
            search.value = currentTarget.value;
          }}
        />
        <fieldset class="choice" aria-label="Show">
          {FILTERS.map((filter) => (
            <button
              key={filter}
              type="button"
              aria-pressed={stateFilter.value === filter}
              onClick={() => {
                stateFilter.value = filter;
              }}
            >
              {filter}
            </button>
          ))}
        </fieldset>
      </div>
      {sessions.length === 0 && <Nothing />}
      <VirtualList
        id="sessions"
        label="Sessions"
        count={sessions.length}
        rowHeight={ROW}
        active={active}
        keys={keys}
        isPrimary={shown === undefined && route.value.page === 'overview'}
        onMove={(at) => {
          cursorSid.value = sessions[at]?.sid;
        }}
        onOpen={open}
        row={(at, props) => {
          const session = sessions[at];
          return (
            session && <SessionRow key={session.sid} session={session} shown={session.sid === shown} props={props} />
          );
        }}
      />
      <More />
    </nav>
  );
}

function More() {
  if (pages.value?.cursor === undefined) return null;
  return (
    <div class="more">
      <Button disabled={lookingFurther.value} onClick={() => void showOlder()}>
        {lookingFurther.value ? 'Looking further back' : 'More'}
      </Button>
    </div>
  );
}

function Nothing() {
  const filtered = search.value.trim() !== '' || stateFilter.value !== 'all';
  if (pages.value === undefined || lookingFurther.value)
    return (
      <p class="note" aria-live="polite">
        Looking for sessions…
      </p>
    );
  return (
    <p class="note" aria-live="polite">
      {filtered ? 'No session matches.' : 'No sessions yet.'}
    </p>
  );
}
