import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatNumber } from './format.ts';
import classes from './page.module.css';
import { useMessages } from './use-messages.ts';

/** Rows of one page of a list. */
export const PAGE_SIZE = 50;

export interface PagingProps {
  readonly offset: number;
  readonly total: number;
  readonly onMove: (offset: number) => void;
}

/** Which rows of how many, and the way to the ones before and after. */
export function Paging({ offset, total, onMove }: PagingProps): ReactNode {
  const { t, language } = useMessages();
  if (total === 0) return null;
  const last = Math.min(offset + PAGE_SIZE, total);
  return (
    <nav className={classes.paging} aria-label={t('ui.paging')}>
      <span>
        {t('ui.rows-of', {
          from: formatNumber(offset + 1, language),
          to: formatNumber(last, language),
          total: formatNumber(total, language),
        })}
      </span>
      <Button variant="default" disabled={offset === 0} onClick={() => onMove(Math.max(0, offset - PAGE_SIZE))}>
        {t('ui.previous')}
      </Button>
      <Button variant="default" disabled={last >= total} onClick={() => onMove(offset + PAGE_SIZE)}>
        {t('ui.next')}
      </Button>
    </nav>
  );
}
