import type { ReactNode } from 'react';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import type { BenchView } from '../../../shared/contract/bench.ts';
import type { Verdict } from '../../../shared/contract/common.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import type { MessageKey } from '../../ui/message-key.ts';
import { useMessages } from '../../ui/use-messages.ts';
import { CardButton } from './card-button.tsx';
import { commandOf, commandWords } from './command-words.ts';
import { HelpText } from './help-text.tsx';
import classes from './idle-screen.module.css';
import { QueueList } from './queue-list.tsx';
import { QuietBanner, VerdictBanner } from './verdict-banner.tsx';

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

interface Way {
  readonly card: string;
  readonly icon: IconName;
  readonly words: MessageKey;
}

/** The cards that begin something, in the order of how often they do. */
const ways = [
  { card: 'NEXT', icon: 'pin', words: 'queue.pick-next' },
  { card: 'BATCH', icon: 'cart', words: 'command.batch' },
  { card: 'SINGLES', icon: 'scan', words: 'command.singles' },
  { card: 'PACK', icon: 'box', words: 'command.pack' },
  { card: 'COUNT', icon: 'count', words: 'command.count' },
] as const satisfies readonly Way[];

function Ways({ expects }: { expects: BenchView['expects'] }): ReactNode {
  const { t } = useMessages();
  const zones = expects.filter(({ text }) => commandOf(text)?.name === 'zone');
  return (
    <div className={classes.ways}>
      {ways.map(({ card, icon, words }, index) => (
        <CardButton
          key={card}
          text={encodeStationCode('command', card)}
          className={`${classes.way} ${index === 0 ? classes.first : ''}`}
        >
          <Icon name={icon} size={34} /> {t(words)}
        </CardButton>
      ))}
      {zones.map(({ text, title }) => (
        <CardButton key={text} text={text} className={classes.way}>
          <Icon name="cart" size={34} /> {commandWords(text, title, t)}
        </CardButton>
      ))}
    </div>
  );
}

/** Work between the shelves that waits for somebody with a free hand. */
function Floor({ floor }: { floor: BenchView['floor'] }): ReactNode {
  const { t } = useMessages();
  if (floor.putBacks === 0 && floor.counts === 0) return null;
  return (
    <ul className={classes.floor} aria-label={t('floor.title')}>
      {floor.putBacks > 0 && (
        <li className={classes.floorWork}>
          <Icon name="tote" size={30} /> {t('floor.put-backs', { count: floor.putBacks })}
        </li>
      )}
      {floor.counts > 0 && (
        <li className={classes.floorWork}>
          <Icon name="count" size={30} /> {t('floor.counts', { count: floor.counts })}
        </li>
      )}
    </ul>
  );
}

export interface IdleScreenProps {
  readonly view: BenchView;
  readonly verdict: Verdict | undefined;
  readonly help: boolean;
}

/** A bench with nothing open: what to scan to begin, and what is due first. */
export function IdleScreen({ view, verdict, help }: IdleScreenProps): ReactNode {
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
          {help ? <HelpText step="choose" /> : <Counts queue={view.queue} />}
          <Floor floor={view.floor} />
          <Ways expects={view.expects} />
        </section>
        <QueueList orders={view.queue.next} />
      </div>
    </div>
  );
}
