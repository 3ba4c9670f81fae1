import { useEffect, useRef } from 'preact/hooks';
import { keysShown } from '../../keyboard.ts';
import { Button } from '../shared/buttons.tsx';

const KEYS = [
  ['j k, ↓ ↑', 'next and previous in a list'],
  ['Enter', 'open'],
  ['Escape', 'back'],
  ['/', 'search sessions'],
  ['← →', 'neighbours on the timeline, when it has the focus'],
  ['+ − 0', 'zoom the timeline, when it has the focus; Ctrl or Shift and the wheel do too'],
  ['?', 'these keys'],
] as const;

/** What the keys do. */
export function KeysDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isShown = keysShown.value;
  useEffect(() => {
    if (isShown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isShown]);
  const hide = () => {
    keysShown.value = false;
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="keys" onClose={hide}>
      <h2 id="keys">Keys</h2>
      <dl class="keys">
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <div class="dialog-buttons">
        <Button variant="strong" onClick={hide}>
          Close
        </Button>
      </div>
    </dialog>
  );
}
