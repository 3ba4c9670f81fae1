import type { ButtonHTMLAttributes } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface ButtonProps extends ButtonHTMLAttributes {
  readonly variant?: 'small' | 'strong' | '';
}

/** A button that does something on the page. */
export function Button({ variant = '', ...props }: ButtonProps) {
  return <button type="button" class={`button ${variant}`} {...props} />;
}

interface CopyProps {
  readonly label: string;
  /** The text, or the promise of it; undefined when it is too long for a clipboard. */
  readonly text: () => string | Promise<string | undefined>;
}

/** Puts text on the clipboard and says so. */
export function CopyButton({ label, text }: CopyProps) {
  const [told, setTold] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (told === undefined) return;
    const timer = setTimeout(() => setTold(undefined), 1500);
    return () => clearTimeout(timer);
  }, [told]);
  return (
    <Button variant="small" onClick={async () => setTold(await outcomeOf(text()))}>
      <span aria-live="polite">{told ?? label}</span>
    </Button>
  );
}

async function outcomeOf(given: string | Promise<string | undefined>): Promise<string> {
  const text = typeof given === 'string' ? given : await given;
  if (text === undefined) return 'Too long to copy';
  return (await copy(text)) ? 'Copied' : 'The browser refused';
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text); // over plain HTTP there is no clipboard, but on localhost
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'off-screen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
