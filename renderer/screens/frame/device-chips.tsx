import { type MouseEvent, type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { DeviceView } from '../../../shared/contract/devices.ts';
import { reachable } from '../../station/connection.ts';
import { useCell } from '../../station/use-cell.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { formatWeight } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { useNow } from '../../ui/use-now.ts';
import { saysOf, useScale } from '../bench/use-scale.ts';
import {
  addressWords,
  devicesOf,
  kindIcons,
  lookOf,
  problemOf,
  sinceWords,
  stateWords,
} from '../devices/device-words.ts';
import classes from './device-chips.module.css';
import { DeviceMark } from './device-mark.tsx';

/** The weight itself, grey as soon as nobody vouches for it. */
function LiveWeight({ stationId }: { stationId: string }): ReactNode {
  const { t, language } = useMessages();
  const scale = useScale(stationId);
  if (!scale || scale.state === 'absent') return null;
  const { mg, fresh } = scale;
  return (
    <span className={fresh ? undefined : classes.old} data-live={fresh}>
      {mg === null ? t(`scale.${saysOf(scale)}`) : formatWeight(mg, language)}
      {!fresh && mg !== null && ` · ${t('device.old')}`}
    </span>
  );
}

function Words({ device, named, tight }: { device: DeviceView; named: boolean; tight: boolean }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const { kind, now, stationId } = device;
  // That a printer does not tell how it is says the state already.
  const problem = lookOf(device) === 'plain' ? undefined : problemOf(device, messages);
  const waiting = now?.waiting ?? 0;
  if (tight && problem && now?.state !== 'ready')
    return (
      <span className={classes.flow}>
        <b>
          {t('device.says', {
            device: `${t(`device.${kind}`)}${named ? ` ${addressWords(device.address)}` : ''}`,
            problem: problem.title,
          })}
        </b>{' '}
        {problem.action}
      </span>
    );
  return (
    <span className={classes.words}>
      <span className={classes.line}>
        <b>
          {t(`device.${kind}`)}
          {named && ` ${addressWords(device.address)}`}
        </b>{' '}
        {kind === 'scale' && now?.state === 'ready' ? (
          <LiveWeight stationId={stationId} />
        ) : (
          <span>{problem && now?.state !== 'ready' ? problem.title : stateWords(device, messages)}</span>
        )}
        {waiting > 0 && ` · ${t('device.waiting', { count: waiting })}`}
      </span>
      {problem && (
        <span className={classes.line}>{now?.state === 'ready' ? problem.title : (problem.action ?? '')}</span>
      )}
    </span>
  );
}

/** What happened, since when and what to do, above the chip that was pressed; nothing of it is needed to go on working. */
function Details({ device, signedIn }: { device: DeviceView; signedIn: boolean }): ReactNode {
  const messages = useMessages();
  const { t, language } = messages;
  const now = useNow(60_000);
  const problem = problemOf(device, messages);
  const since = device.now && t('device.since', { at: sinceWords(device.now.since, now, language) });
  return (
    <div className={classes.details} id={`device-${device.id}`}>
      <p className={classes.what}>
        <DeviceMark look={lookOf(device)} />
        <b>
          {t(`device.${device.kind}`)} · {stateWords(device, messages)}
        </b>
      </p>
      <p>{[addressWords(device.address), since].filter((part) => part).join(' · ')}</p>
      {problem && <p className={classes.title}>{problem.title}</p>}
      {problem?.action !== undefined && <p>{problem.action}</p>}
      {!device.now && <p>{t('device.unknown-here')}</p>}
      {signedIn && (
        <a className={classes.more} href="#/devices">
          {t('device.to-screen')}
        </a>
      )}
    </div>
  );
}

/** Up to so many ill devices have two lines of their own beside each other on the smallest screen. */
const ROOMY_ILL = 1;

interface ChipProps {
  readonly device: DeviceView;
  /** Several of its kind stand here. */
  readonly named: boolean;
  /** So many are ill that the words of each get little room. */
  readonly tight: boolean;
  readonly open: boolean;
  readonly stale: boolean;
  onPress(): void;
}

function Chip({ device, named, tight, open, stale, onPress }: ChipProps): ReactNode {
  const look = stale ? 'unknown' : lookOf(device);
  function press(event: MouseEvent<HTMLButtonElement>): void {
    onPress();
    // A scanner’s Enter must not press the chip that a finger pressed last.
    if (event.detail > 0) event.currentTarget.blur();
  }
  return (
    <button
      type="button"
      className={`${classes.chip} ${classes[look]}`}
      data-device={device.kind}
      data-state={device.now?.state ?? 'unknown'}
      data-code={device.now?.code ?? undefined}
      aria-expanded={open}
      aria-controls={open ? `device-${device.id}` : undefined}
      onClick={press}
    >
      <Icon name={kindIcons[device.kind]} size={30} />
      <DeviceMark look={look} />
      <Words device={device} named={named} tight={tight} />
    </button>
  );
}

/** Read out when something falls ill, once, and not with every weight. */
function Announcement({ devices }: { devices: readonly DeviceView[] }): ReactNode {
  const messages = useMessages();
  const ill = devices.flatMap((device) => {
    const problem = lookOf(device) === 'plain' ? undefined : problemOf(device, messages);
    return problem
      ? [
          `${messages.t('device.says', { device: messages.t(`device.${device.kind}`), problem: problem.title })} ${problem.action ?? ''}`,
        ]
      : [];
  });
  return (
    <span className="visually-hidden" role="status">
      {ill.join(' ')}
    </span>
  );
}

/**
 * Every device of this bench and how it is, on every screen, whoever is signed in: shape, colour and words.
 *
 * One line of fixed height under the screen: what falls ill says so there and moves nothing that the packer looks at.
 */
export function DeviceChips({ stationId, signedIn }: { stationId: string; signedIn: boolean }): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('devices.devices-view', {});
  const connected = useCell(reachable);
  const [open, setOpen] = useState<string>();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(undefined);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  const devices = devicesOf(query.data?.devices ?? [], stationId);
  if (devices.length === 0) return null;
  const ill = devices.filter((device) => ['bad', 'quiet'].includes(lookOf(device))).length;
  const shown = devices.find(({ id }) => id === open);
  return (
    <section className={classes.bar} aria-label={t('device.here')}>
      <Announcement devices={devices} />
      {shown && <Details device={shown} signedIn={signedIn} />}
      {devices.map((device) => (
        <Chip
          key={device.id}
          device={device}
          named={devices.filter(({ kind }) => kind === device.kind).length > 1}
          tight={ill > ROOMY_ILL}
          open={device.id === open}
          stale={!connected}
          onPress={() => setOpen(device.id === open ? undefined : device.id)}
        />
      ))}
    </section>
  );
}
