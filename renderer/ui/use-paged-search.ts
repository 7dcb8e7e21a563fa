import { useState } from 'react';
import { PAGE_SIZE } from './paging.tsx';

export interface PagedSearch {
  /** Part of a query's input: what is asked for on which page. */
  readonly input: { readonly search?: string; readonly offset: number; readonly limit: number };
  readonly search: (text: string) => void;
  readonly move: (offset: number) => void;
}

/** Search and page of a list; a new search begins at its first page. */
export function usePagedSearch(): PagedSearch {
  const [text, setText] = useState('');
  const [offset, setOffset] = useState(0);
  return {
    input: { offset, limit: PAGE_SIZE, ...(text === '' ? {} : { search: text.slice(0, 80) }) },
    search: (next) => {
      setText(next);
      setOffset(0);
    },
    move: setOffset,
  };
}
