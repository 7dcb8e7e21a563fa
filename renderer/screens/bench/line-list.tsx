import type { ReactNode } from 'react';
import type { BenchLine, BenchView } from '../../../shared/contract/bench.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './line-list.module.css';

function progressOf(view: BenchView, line: BenchLine): { done: number; total: number } {
  return view.mode === 'pack'
    ? { done: line.packed, total: line.picked }
    : { done: line.picked, total: line.allocated };
}

function Line({ view, line }: { view: BenchView; line: BenchLine }): ReactNode {
  const { t } = useMessages();
  const { done, total } = progressOf(view, line);
  const complete = total > 0 && done >= total;
  const current = line.id === view.currentLineId;
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
        {line.title}
        {complete && <span className="visually-hidden"> {t('bench.line-done')}</span>}
      </span>
    </li>
  );
}

/** Every line of the order with how far it is. */
export function LineList({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  return (
    // Keyboard users scroll the list by focusing it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <ul className={classes.lines} aria-label={t('bench.lines')} tabIndex={0}>
      {view.lines.map((line) => (
        <Line key={line.id} view={view} line={line} />
      ))}
    </ul>
  );
}
