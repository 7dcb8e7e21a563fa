import type { ReactNode } from 'react';
import type { Verdict } from '../../../shared/contract/common.ts';
import { Icon } from '../../ui/icons.tsx';
import { messageFor } from '../../ui/message-for.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './verdict-banner.module.css';
import { classOf, verdictLooks } from './verdict-look.ts';

/** `2 / 3` where the verdict counts something. */
function countOf({ params }: Verdict): string | undefined {
  const { done, total } = params;
  return done === undefined || total === undefined ? undefined : `${done} / ${total}`;
}

/** What the scan said against what it should have said; only where the station tells. */
function Comparison({ verdict }: { verdict: Verdict }): ReactNode {
  const { t } = useMessages();
  const { scanned, expected } = verdict;
  if (verdict.tone !== 'bad' || (scanned === undefined && expected === undefined)) return null;
  return (
    <p className={classes.detail}>
      {scanned !== undefined && (
        <span className={classes.scanned}>
          {t('verdict.scanned')} <b>{scanned}</b>
        </span>
      )}
      {scanned !== undefined && expected !== undefined && ' · '}
      {expected !== undefined && (
        <span>
          {t('verdict.expected')} <b>{expected}</b>
        </span>
      )}
    </p>
  );
}

/**
 * The answer to the latest scan, as wide as the bench: colour, icon and words together.
 *
 * No dialog and nothing to press: a refusal stays until a right scan or a command card takes it away.
 */
export function VerdictBanner({ verdict }: { verdict: Verdict }): ReactNode {
  const messages = useMessages();
  const kind = classOf(verdict);
  const { title, action } = messageFor(messages, verdict.code, verdict.params);
  const count = countOf(verdict);
  const tone = verdict.tone === 'bad' ? classes.bad : '';
  return (
    <section
      className={`${classes.banner} ${tone} ${classes[kind]}`}
      aria-label={messages.t('verdict.region')}
      data-verdict={verdict.code}
      data-tone={verdict.tone}
      data-at={verdict.at}
    >
      <span className={classes.icon}>
        <Icon name={verdictLooks[kind].icon} size={kind === 'complete' ? 64 : 44} />
      </span>
      <div role={verdict.tone === 'bad' ? 'alert' : 'status'}>
        <p className={classes.title}>{title}</p>
        <Comparison verdict={verdict} />
        {action !== undefined && <p className={classes.detail}>{action}</p>}
        {verdict.warning !== undefined && (
          <p className={classes.detail} role="alert">
            <Icon name="warning" size={30} /> {messageFor(messages, verdict.warning, verdict.params).title}
          </p>
        )}
      </div>
      {count !== undefined && <span className={classes.count}>{count}</span>}
    </section>
  );
}

/** Before the first scan: the same place, quiet. */
export function QuietBanner({ title, detail }: { title: string; detail?: string }): ReactNode {
  return (
    <section className={`${classes.banner} ${classes.quiet}`}>
      <span className={classes.icon}>
        <Icon name="scan" size={44} />
      </span>
      <div>
        <p className={classes.title}>{title}</p>
        {detail !== undefined && <p className={classes.detail}>{detail}</p>}
      </div>
    </section>
  );
}
