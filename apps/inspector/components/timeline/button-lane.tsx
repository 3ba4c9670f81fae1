import type { ComponentChildren } from 'preact';

interface Props {
  readonly label: string;
  /** The buttons, of which the first is in the order of Tab. */
  readonly children: ComponentChildren;
}

/** A line of buttons. Tab finds the first, left and right go to the neighbouring one. */
export function ButtonLane({ label, children }: Props) {
  return (
    <fieldset class="lane" aria-label={label} onKeyDown={onKeyDown}>
      <span class="lane-name" aria-hidden="true" title={label}>
        <bdi>{label}</bdi>
      </span>
      <div class="lane-track">{children}</div>
    </fieldset>
  );
}

function onKeyDown(event: KeyboardEvent): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0 || !(event.currentTarget instanceof HTMLElement)) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const focused = buttons.findIndex((button) => button.matches(':focus'));
  buttons[focused + step]?.focus();
  event.preventDefault();
  event.stopPropagation();
}
