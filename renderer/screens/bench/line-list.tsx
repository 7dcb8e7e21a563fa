import { memo, type ReactNode, useEffect, useRef } from 'react';
import type { BenchLine, BenchView } from '../../../shared/contract/bench.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './line-list.module.css';

interface LineProps {
  readonly id: string;
  readonly title: string;
  readonly done: number;
  readonly total: number;
  readonly current: boolean;
  readonly doneWord: string;
}

/** One row; with two hundred of them a scan redraws the one that it changed. */
const Line = memo(function Line({ title, done, total, current, doneWord }: LineProps): ReactNode {
  const complete = total > 0 && done >= total;
  return (
    <li
      className={`${classes.line} ${complete ? classes.done : ''} ${current ? classes.current : ''}`}
      aria-current={current ? 'step' : undefined}
    >
      {complete ? <Icon name="check" size={26} /> : <span className={classes.open} />}
      <span className={classes.count}>
        {done} / {total}
      </span>
      <span className={classes.title}>
        {title}
        {complete && <span className="visually-hidden"> {doneWord}</span>}
      </span>
    </li>
  );
});

function progressOf(packs: boolean, line: BenchLine): { done: number; total: number } {
  return packs ? { done: line.packed, total: line.picked } : { done: line.picked, total: line.allocated };
}

/** Every line of the order with how far it is; the current one is kept in sight. */
export function LineList({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const list = useRef<HTMLUListElement>(null);
  const packs = view.mode === 'pack' || view.mode === 'singles';
  const index = view.lines.findIndex(({ id }) => id === view.currentLineId);
  useEffect(() => {
    // Rows are equally high, so the place of a row is known without measuring; a bit of the one before stays in sight.
    if (index >= 0) list.current?.scrollTo({ top: index * ROW_PX - PEEK_PX });
  }, [index]);
  if (view.lines.length === 0) return null;
  const doneWord = t('bench.line-done');
  return (
    // Keyboard users scroll the list by focusing it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <ul ref={list} className={classes.lines} aria-label={t('bench.lines')} tabIndex={0}>
      {view.lines.map((line) => (
        <Line
          key={line.id}
          id={line.id}
          title={line.title}
          {...progressOf(packs, line)}
          current={line.id === view.currentLineId}
          doneWord={doneWord}
        />
      ))}
    </ul>
  );
}

/** Height of one row, as in line-list.module.css. */
const ROW_PX = 52;
const PEEK_PX = 18;
