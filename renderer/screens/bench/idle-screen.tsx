import type { ReactNode } from 'react';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import type { BenchView } from '../../../shared/contract/bench.ts';
import type { Verdict } from '../../../shared/contract/common.ts';
import { scanQueue } from '../../scan/scanner.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './idle-screen.module.css';
import { QueueList } from './queue-list.tsx';
import { QuietBanner, VerdictBanner } from './verdict-banner.tsx';

const nextCard = encodeStationCode('command', 'NEXT');
const packCard = encodeStationCode('command', 'PACK');

function Counts({ queue }: { queue: BenchView['queue'] }): ReactNode {
  const { t, language } = useMessages();
  return (
    <div className={classes.counts}>
      <div>
        <p className={classes.countName}>{t('queue.to-pick')}</p>
        <p className={classes.count}>{formatNumber(queue.toPick, language)}</p>
      </div>
      <div>
        <p className={classes.countName}>{t('queue.to-pack')}</p>
        <p className={classes.count}>{formatNumber(queue.toPack, language)}</p>
      </div>
    </div>
  );
}

/** The three ways into an order, the card for the next one as a button as well. */
function Ways({ queue }: { queue: BenchView['queue'] }): ReactNode {
  const { t } = useMessages();
  return (
    <>
      <button type="button" className={classes.nextCard} onClick={() => scanQueue.push(nextCard, 'typed')}>
        {t('queue.pick-next')}
      </button>
      {queue.toPack > 0 && (
        <button type="button" className={classes.nextCard} onClick={() => scanQueue.push(packCard, 'typed')}>
          {t('queue.pack-next')}
        </button>
      )}
      <ul className={classes.ways}>
        <li className={classes.way}>
          <Icon name="tote" size={36} /> {t('queue.or-tote')}
        </li>
        <li className={classes.way}>
          <Icon name="file" size={36} /> {t('queue.or-order')}
        </li>
      </ul>
    </>
  );
}

/** A bench with nothing open: what to scan to begin, and what is due first. */
export function IdleScreen({ view, verdict }: { view: BenchView; verdict: Verdict | undefined }): ReactNode {
  const { t } = useMessages();
  return (
    <div className={classes.idle} data-bench="idle">
      {verdict ? (
        <VerdictBanner verdict={verdict} />
      ) : (
        <QuietBanner title={t('step.choose')} detail={t('step.choose.detail')} />
      )}
      <div className={classes.body}>
        <section className={classes.start} aria-label={t('queue.start')}>
          <Counts queue={view.queue} />
          <Ways queue={view.queue} />
        </section>
        <QueueList orders={view.queue.next} />
      </div>
    </div>
  );
}
