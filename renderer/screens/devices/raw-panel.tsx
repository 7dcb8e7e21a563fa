import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { RawFrame } from '../../../shared/contract/devices.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { sinceWords } from './device-words.ts';

const REFRESH_MS = 1_000;
const RECORD_SECONDS = 60;

function Frame({ frame }: { frame: RawFrame }): ReactNode {
  const { t, language } = useMessages();
  return (
    <tr>
      <td className={classes.nowrap}>{sinceWords(frame.at, Date.now(), language)}</td>
      <td className={classes.nowrap}>
        <span aria-hidden="true">{frame.direction === 'in' ? '←' : '→'}</span> {t(`raw.${frame.direction}`)}
      </td>
      <td className={classes.bytes}>{frame.hex.replace(/(..)(?=.)/g, '$1 ')}</td>
      <td className={classes.bytes}>{frame.text}</td>
    </tr>
  );
}

/** Everything the device says goes into a file for a minute, for whoever helps from afar. */
function Recording({ deviceId }: { deviceId: string }): ReactNode {
  const { t } = useMessages();
  const record = useCommand('devices.record');
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left === 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  function start(): void {
    record.mutate({ deviceId, seconds: RECORD_SECONDS }, { onSuccess: () => setLeft(RECORD_SECONDS) });
  }
  return (
    <div className={classes.acts}>
      <Button size="lg" variant="default" loading={record.isPending} disabled={left > 0} onClick={start}>
        {t('raw.record', { seconds: RECORD_SECONDS })}
      </Button>
      {record.data && (
        <span role="status">
          {t(left > 0 ? 'raw.recording' : 'raw.recorded')} <code className={classes.sample}>{record.data.file}</code>
          {left > 0 && <span aria-hidden="true"> · {left} s</span>}
        </span>
      )}
      {record.error && <ErrorNotice error={record.error} />}
    </div>
  );
}

/** The last bytes from and to a device as they are, for support; asked again every second while it is open. */
export function RawPanel({ deviceId, mayRecord }: { deviceId: string; mayRecord: boolean }): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('devices.raw-view', { deviceId });
  const { refetch } = query;
  useEffect(() => {
    const timer = setInterval(() => void refetch(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [refetch]);
  const frames = query.data?.frames ?? [];
  return (
    <section className={classes.panel} aria-label={t('raw.title')}>
      {query.error && <ErrorNotice error={query.error} />}
      {query.data && frames.length === 0 && <p className={classes.note}>{t('raw.nothing')}</p>}
      {frames.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className={classes.rawBox} aria-label={t('raw.title')} tabIndex={0}>
          <table className={classes.raw}>
            <thead>
              <tr>
                <th scope="col">{t('raw.at')}</th>
                <th scope="col">{t('raw.direction')}</th>
                <th scope="col">{t('raw.hex')}</th>
                <th scope="col">{t('raw.text')}</th>
              </tr>
            </thead>
            <tbody>
              {[...frames].reverse().map((frame, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: reads have no name, and equal ones are common
                <Frame key={`${frame.at} ${index}`} frame={frame} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {mayRecord && <Recording deviceId={deviceId} />}
    </section>
  );
}
