import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { ItemPicture } from '../../ui/item-picture.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './substitute-list.module.css';

/** What the buyer takes instead, where it lies and how much of it. */
export function SubstituteList({ substitutes }: { substitutes: BenchView['substitutes'] }): ReactNode {
  const { t } = useMessages();
  return (
    <ol
      className={classes.list}
      aria-label={t('bench.substitutes')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {substitutes.map((item) => (
        <li key={`${item.sku} ${item.location}`} className={classes.row}>
          <div className={classes.picture}>
            <ItemPicture item={item} />
          </div>
          <div className={classes.words}>
            <span className={classes.title}>{item.title}</span>
            <span className={classes.sku}>
              {item.sku} · {t('bench.available', { count: item.available })}
            </span>
          </div>
          <span className={classes.location}>{item.location}</span>
        </li>
      ))}
    </ol>
  );
}
