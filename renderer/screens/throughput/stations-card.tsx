import type { ReactNode } from 'react';
import type { FloorView, LiveStation } from '../../../shared/contract/reporting.ts';
import { Icon } from '../../ui/icons.tsx';
import pageClasses from '../../ui/page.module.css';
import { routeHref } from '../../ui/router.ts';
import { useMessages } from '../../ui/use-messages.ts';
import { useNow } from '../../ui/use-now.ts';
import chart from './charts.module.css';
import { ageText, clockText } from './report-words.ts';
import classes from './stations.module.css';

const modeTitles: { readonly [M in LiveStation['mode']]: `mode.${M}` } = {
  'sign-in': 'mode.sign-in',
  idle: 'mode.idle',
  pick: 'mode.pick',
  batch: 'mode.batch',
  singles: 'mode.singles',
  pack: 'mode.pack',
  'put-back': 'mode.put-back',
  count: 'mode.count',
  dock: 'mode.dock',
};

export interface StationsCardProps {
  readonly floor: FloorView;
  /** When the answer came, by this screen's clock: ages are counted on from there, whatever its clock shows. */
  readonly receivedAt: number;
}

/** Every bench by name, those that need help first: who works there, on what, since when. Nobody is compared. */
export function StationsCard({ floor, receivedAt }: StationsCardProps): ReactNode {
  const { t } = useMessages();
  const now = useNow(1_000) - receivedAt + Date.parse(floor.at);
  const stuck = floor.stations.filter((station) => station.stuck);
  const inOrder = [...stuck, ...floor.stations.filter((station) => !station.stuck)];
  return (
    <section className={chart.card} aria-label={t('throughput.stations')} style={{ gridArea: 'stations' }}>
      <h2 className={chart.cardTitle}>{t('throughput.stations')}</h2>
      {stuck.length > 0 && (
        <p className={classes.stuckMark}>
          <Icon name="warning" size={22} /> {t('throughput.need-help', { count: stuck.length })}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <ul className={classes.stations} tabIndex={0} aria-label={t('throughput.stations')}>
        {inOrder.map((station) => (
          <StationTile
            key={station.id}
            station={station}
            now={Math.max(now, Date.parse(floor.at))}
            stuckAfter={floor.stuckAfterMinutes}
          />
        ))}
      </ul>
    </section>
  );
}

interface TileProps {
  readonly station: LiveStation;
  readonly now: number;
  readonly stuckAfter: number;
}

function StationTile({ station, now, stuckAfter }: TileProps): ReactNode {
  const { t } = useMessages();
  const { name, operator, order, stuck, locked } = station;
  const look = stuck ? classes.stuck : operator === null ? classes.empty : '';
  return (
    <li className={`${classes.station} ${look}`}>
      <span className={classes.stationName}>{name}</span>
      <span className={chart.mark}>
        <Icon name="person" size={20} /> {operator ?? t('stations.nobody')}
        {locked && ` · ${t('throughput.locked')}`}
      </span>
      <span>
        {operator !== null && t(modeTitles[station.mode])}{' '}
        {order !== null && (
          <a className={pageClasses.link} href={routeHref({ screen: 'orders', id: order.id })}>
            {order.number}
          </a>
        )}
      </span>
      <StationTimes station={station} now={now} />
      {stuck && (
        <span className={classes.stuckMark}>
          <Icon name="warning" size={22} /> {t('throughput.stuck', { minutes: stuckAfter })}
        </span>
      )}
    </li>
  );
}

function StationTimes({ station, now }: Omit<TileProps, 'stuckAfter'>): ReactNode {
  const { t, language } = useMessages();
  const { operator, since, lastScanAt } = station;
  if (operator === null) return null;
  const scanned =
    lastScanAt === null
      ? t('throughput.no-scan')
      : t('throughput.last-scan', { age: ageText(now - Date.parse(lastScanAt), t) });
  return (
    <span className={classes.times}>
      {since !== null && <span>{t('throughput.since', { time: clockText(since, language) })}</span>}
      <span>{scanned}</span>
    </span>
  );
}
