import type { ReactNode } from 'react';
import type { BenchLine, BenchView } from '../../../shared/contract/bench.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { ItemPicture } from '../../ui/item-picture.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './item-focus.module.css';

const flags = [
  { flag: 'fragile', icon: 'fragile' },
  { flag: 'hazardous', icon: 'hazard' },
  { flag: 'upright', icon: 'upright' },
] as const satisfies readonly { flag: keyof BenchLine; icon: IconName }[];

/** What to mind before the item is touched. */
function Flags({ line }: { line: BenchLine }): ReactNode {
  const { t } = useMessages();
  const raised = flags.filter(({ flag }) => line[flag]);
  if (raised.length === 0) return null;
  return (
    <div className={classes.flags}>
      {raised.map(({ flag, icon }) => (
        <span key={flag} className={classes.flag}>
          <Icon name={icon} size={28} />
          {t(`item.${flag}`)}
        </span>
      ))}
    </div>
  );
}

/** The picture of the item that the hand should go to next, a third of the screen. */
export function ItemFocus({ line }: { line: BenchLine }): ReactNode {
  return (
    <>
      <div className={classes.pictureBox}>
        <ItemPicture item={line} />
      </div>
      <Flags line={line} />
    </>
  );
}

/** Units of this line done at this step, of how many. */
export function lineCount(view: BenchView, line: BenchLine): { done: number; total: number } {
  if (view.mode === 'pack') return { done: line.packed, total: line.picked };
  if (view.task && view.task.lineId === line.id) return { done: view.task.picked, total: view.task.quantity };
  return { done: line.picked, total: line.allocated };
}

/** Where, what and how many, in the largest type of the screen. */
export function ItemFacts({ view, line }: { view: BenchView; line: BenchLine }): ReactNode {
  const { t } = useMessages();
  const { done, total } = lineCount(view, line);
  return (
    <>
      <div>
        <div className={classes.sku}>{line.sku}</div>
        <h2 className={classes.title}>{line.title}</h2>
      </div>
      <div className={classes.numbers}>
        <div className={classes.figure}>
          <span className={classes.figureName}>{t(view.mode === 'pack' ? 'bench.packed' : 'bench.picked')}</span>
          <span className={classes.quantity} data-testid="quantity">
            {done} <span className={classes.of}>/ {total}</span>
          </span>
        </div>
        {view.mode === 'pick' && view.task && (
          <div className={classes.figure}>
            <span className={classes.figureName}>{t('bench.location')}</span>
            <span className={classes.location}>{view.task.location}</span>
          </div>
        )}
      </div>
    </>
  );
}
