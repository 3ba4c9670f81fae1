import { pointedField } from '../../state/selection.ts';

/** What makes an element the one whose field is explained while pointer or focus is on it. */
export function selectsField(path: string | undefined) {
  const point = () => {
    pointedField.value = path;
  };
  const leave = () => {
    if (pointedField.peek() === path) pointedField.value = undefined;
  };
  return { onPointerEnter: point, onPointerLeave: leave, onFocus: point, onBlur: leave };
}
