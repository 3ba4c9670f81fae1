import { useRef, useState } from 'preact/hooks';
import { startOver } from '../../state/refresh.ts';
import { Button } from '../shared/buttons.tsx';

/** Begins anew, once that is confirmed. */
export function StartOver() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [fault, setFault] = useState<string | undefined>(undefined);
  return (
    <>
      <Button
        onClick={() => {
          setFault(undefined);
          dialog.current?.showModal();
        }}
      >
        Start over
      </Button>
      <dialog ref={dialog} class="dialog" aria-labelledby="start-over">
        <h2 id="start-over">Start over?</h2>
        <p>
          For everyone who uses this inspector, the totals begin at zero, and earlier sessions and rejected calls are no
          longer shown. A player that goes on with an earlier session counts in the totals only. The store keeps its
          sessions.
        </p>
        {fault !== undefined && (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
        <div class="dialog-buttons">
          <Button onClick={() => dialog.current?.close()}>Cancel</Button>
          <Button
            variant="strong"
            onClick={async () => {
              const wrong = await startOver();
              setFault(wrong);
              if (wrong !== undefined) return;
              dialog.current?.close();
              location.hash = '#/';
            }}
          >
            Start over
          </Button>
        </div>
      </dialog>
    </>
  );
}
