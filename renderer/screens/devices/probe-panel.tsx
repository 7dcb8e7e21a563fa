import { Button, Loader } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { ProbeFinding } from '../../../shared/contract/devices.ts';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { messageFor } from '../../ui/message-for.ts';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import type { Protocol } from './device-draft.ts';
import { kindIcons, lineWords } from './device-words.ts';

/** Seconds since the search began; it takes up to a minute. */
function Elapsed(): ReactNode {
  const { t } = useMessages();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <span>{t('probe.seconds', { seconds })}</span>;
}

interface FindingProps {
  readonly finding: ProbeFinding;
  readonly title: string;
  readonly best: boolean;
  onUse(): void;
}

function Finding({ finding, title, best, onUse }: FindingProps): ReactNode {
  const { t, language } = useMessages();
  const { kind, line, frames, sample, garbage } = finding;
  const facts = [
    lineWords(line),
    t('probe.frames', { count: frames }),
    t('probe.garbage', { percent: formatNumber(Math.round(garbage * 100), language) }),
  ];
  return (
    <li className={`${classes.row} ${best ? classes.best : ''}`} data-finding={finding.protocol ?? kind}>
      <Icon name={kindIcons[kind]} size={32} />
      <span className={classes.grow}>
        <b>{title}</b> · <span className={classes.sample}>{sample}</span>
        <br />
        <span className={classes.muted}>{facts.join(' · ')}</span>
      </span>
      <Button size="lg" variant={best ? 'filled' : 'default'} onClick={onUse}>
        {t('probe.use')}
      </Button>
    </li>
  );
}

export interface ProbePanelProps {
  readonly path: string;
  readonly protocols: readonly Protocol[];
  onUse(finding: ProbeFinding): void;
}

/** What is on this port? Listens and asks questions that change nothing; a finding fills the form. */
export function ProbePanel({ path, protocols, onUse }: ProbePanelProps): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const probe = useCommand('devices.probe');
  const titleOf = ({ kind, protocol }: ProbeFinding): string =>
    protocols.find(({ name }) => name === protocol)?.title ?? protocol ?? t(`device.${kind}`);
  const told = probe.data && probe.data.code !== null ? messageFor(messages, probe.data.code, probe.data.params) : null;
  return (
    <section className={classes.panel} aria-label={t('probe.title')}>
      <div className={classes.acts}>
        <Button
          size="lg"
          variant="default"
          disabled={path.trim() === '' || probe.isPending}
          onClick={() => probe.mutate({ path: path.trim() })}
        >
          {t('probe.title')}
        </Button>
        <span className={classes.muted}>{t('probe.text')}</span>
      </div>
      <div role="status" className={classes.stack}>
        {probe.isPending && (
          <p className={classes.acts}>
            <Loader size="sm" /> <b>{t('probe.running')}</b> <Elapsed />
          </p>
        )}
        {told && (
          <p className={classes.note}>
            <b>{told.title}</b> {told.action}
          </p>
        )}
        {probe.data && probe.data.found.length === 0 && !told && <p className={classes.note}>{t('probe.nothing')}</p>}
      </div>
      {probe.data && probe.data.found.length > 0 && (
        <ul className={classes.rows}>
          {probe.data.found.map((finding, index) => (
            <Finding
              key={`${finding.protocol} ${lineWords(finding.line)}`}
              finding={finding}
              title={titleOf(finding)}
              best={index === 0}
              onUse={() => onUse(finding)}
            />
          ))}
        </ul>
      )}
      {probe.error && <ErrorNotice error={probe.error} />}
    </section>
  );
}
