import type { ButtonHTMLAttributes } from 'preact';

interface Props extends ButtonHTMLAttributes {
  readonly look?: 'small' | 'strong' | '';
}

/** A button that does something on the page. */
export function Button({ look = '', ...props }: Props) {
  return <button type="button" class={`button ${look}`} {...props} />;
}
