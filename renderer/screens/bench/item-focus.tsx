import type { ReactNode } from 'react';
import type { BenchLine } from '../../../shared/contract/bench.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { ItemPicture, type PicturedItem } from '../../ui/item-picture.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './item-focus.module.css';

const flags = [
  { flag: 'fragile', icon: 'fragile' },
  { flag: 'hazardous', icon: 'hazard' },
  { flag: 'upright', icon: 'upright' },
] as const satisfies readonly { flag: keyof BenchLine; icon: IconName }[];

/** What to mind before the item is touched, and the kit it is part of. */
function Flags({ line }: { line: BenchLine }): ReactNode {
  const { t } = useMessages();
  const raised = flags.filter(({ flag }) => line[flag]);
  if (raised.length === 0 && !line.kit) return null;
  return (
    <div className={classes.flags}>
      {raised.map(({ flag, icon }) => (
        <span key={flag} className={classes.flag}>
          <Icon name={icon} size={28} />
          {t(`item.${flag}`)}
        </span>
      ))}
      {line.kit && (
        <span className={classes.kit}>
          <Icon name="layers" size={28} />
          {t('bench.part-of', { title: line.kit.title })}
        </span>
      )}
    </div>
  );
}

/** The picture of what the hand should go to next, a third of the screen. */
export function GoodsFocus({ goods }: { goods: PicturedItem }): ReactNode {
  return (
    <div className={classes.pictureBox}>
      <ItemPicture item={goods} />
    </div>
  );
}

/** The item of a line with what to mind about it. */
export function ItemFocus({ line }: { line: BenchLine }): ReactNode {
  return (
    <>
      <GoodsFocus goods={line} />
      <Flags line={line} />
    </>
  );
}
