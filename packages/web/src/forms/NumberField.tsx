import { useState } from 'react';
import { TextField } from '../ui/TextField.tsx';
import { readNumber, type NumberRange } from './number-range.ts';

type Props = {
  label: string;
  hint?: string;
  placeholder?: string;
  range: NumberRange;
  value: number | null;
  onWrong: (isWrong: boolean) => void;
  onValueChange: (value: number | null) => void;
};

/** A number, or nothing where that is allowed. What is no such number stays to be mended, and is not handed on. */
export function NumberField({ label, hint, placeholder, range, value, onWrong, onValueChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  // What was typed stays as it is, such as `0.`, as long as it says the value.
  const isOwn = typed !== null && (readNumber(typed, range) === undefined || readNumber(typed, range) === value);
  const text = isOwn ? typed : (value?.toString() ?? '');
  const change = (wanted: string): void => {
    setTyped(wanted);
    const read = readNumber(wanted, range);
    onWrong(read === undefined);
    if (read !== undefined) onValueChange(read);
  };
  const isWrong = readNumber(text, range) === undefined;
  return (
    <TextField
      label={label}
      hint={hint}
      placeholder={placeholder}
      inputMode={range.isWhole ? 'numeric' : 'decimal'}
      value={text}
      error={isWrong ? `A ${range.isWhole ? 'whole ' : ''}number from ${range.from} to ${range.to}.` : undefined}
      onChange={({ target }) => change(target.value)}
    />
  );
}
