import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { startOver } from '../state/refresh.ts';

/** Begins anew, once that is confirmed. */
export function StartOver() {
  const dialog = useRef<HTMLDialogElement>(null);
  const fault = useSignal<string | undefined>(undefined);
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={() => {
          fault.value = undefined;
          dialog.current?.showModal();
        }}
      >
        Start over
      </button>
      <dialog ref={dialog} class="dialog" aria-labelledby="start-over">
        <h2 id="start-over">Start over?</h2>
        <p>
          The totals begin at zero, and earlier sessions and rejected calls are no longer shown here. The store keeps its
          sessions.
        </p>
        {fault.value !== undefined && (
          <p class="fault" role="alert">
            {fault.value}
          </p>
        )}
        <div class="dialog-buttons">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button
            type="button"
            class="button strong"
            onClick={async () => {
              fault.value = await startOver();
              if (fault.value !== undefined) return;
              dialog.current?.close();
              location.hash = '#/';
            }}
          >
            Start over
          </button>
        </div>
      </dialog>
    </>
  );
}
