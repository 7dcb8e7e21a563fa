import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { scanFieldAttribute } from '../scan/wedge-listener.ts';

export interface SearchFieldProps {
  readonly label: string;
  readonly onSearch: (text: string) => void;
}

/** A search by typing or by scanning into it; asks when the typing pauses. */
export function SearchField({ label, onSearch }: SearchFieldProps): ReactNode {
  const [text, setText] = useState('');
  const search = useDebouncedCallback(onSearch, 250);
  return (
    <TextInput
      {...{ [scanFieldAttribute]: '' }}
      type="search"
      w={300}
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value.trim());
      }}
    />
  );
}
