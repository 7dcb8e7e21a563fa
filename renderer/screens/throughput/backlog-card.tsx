import type { ReactNode } from 'react';
import type { FloorView } from '../../../shared/contract/reporting.ts';
import { ChannelBadge } from '../../ui/channel-badge.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyNotice } from '../../ui/error-notice.tsx';
import { formatNumber, type Language } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { type Translate, useMessages } from '../../ui/use-messages.ts';
import { BarList, type BarRow } from './bar-list.tsx';
import classes from './charts.module.css';
import { FigureCard } from './figure-card.tsx';
import { clockText, dayText, weekdayText } from './report-words.ts';
import { glance, ROWS_SHOWN } from './shown-figures.ts';

type Backlog = FloorView['backlog'];
type Slot = Backlog['slots'][number];

function slotWords(slot: Slot, at: string, words: { t: Translate; language: Language }): string {
  const { t, language } = words;
  const { kind, start, end } = slot;
  if (kind === 'late') return t('throughput.late');
  if (kind === 'later' || start === null || end === null) return t('throughput.later');
  if (kind === 'day') return dayText(start, language);
  const hour = `${clockText(start, language)}–${clockText(end, language)}`;
  return dayText(start, language) === dayText(at, language) ? hour : `${weekdayText(start, language)} ${hour}`;
}

/** Open orders by when they have to leave, and by channel. */
export function BacklogCard({ floor }: { floor: FloorView }): ReactNode {
  const messages = useMessages();
  const { t, language } = messages;
  const { backlog, at } = floor;
  const number = (value: number): string => formatNumber(value, language);
  const present = backlog.channels.map(({ channel }) => channel);
  const cell = (slot: number, channel: string): string => {
    const found = backlog.cells.find((one) => one.slot === slot && one.channel === channel);
    return found ? number(found.open + found.blocked) : '';
  };
  const columns: readonly Column<Slot>[] = [
    { key: 'due', title: t('throughput.due'), cell: (slot) => slotWords(slot, at, messages) },
    { key: 'open', title: t('throughput.open'), numeric: true, cell: ({ open }) => number(open) },
    { key: 'blocked', title: t('throughput.blocked'), numeric: true, cell: ({ blocked }) => number(blocked) },
    ...present.map((channel) => ({
      key: channel,
      title: t(`channel.${channel}`),
      numeric: true,
      cell: (slot: Slot) => cell(backlog.slots.indexOf(slot), channel),
    })),
  ];
  return (
    <FigureCard
      area="backlog"
      title={t('throughput.backlog')}
      lead={<BacklogLegend />}
      columns={columns}
      rows={backlog.slots}
      rowKey={({ kind, start }) => `${kind} ${start}`}
    >
      {backlog.slots.length === 0 ? (
        <EmptyNotice icon="check" text={t('throughput.nothing-open')} />
      ) : (
        <div className={classes.twoLists}>
          <BarList rows={dueRows(backlog.slots, { at, t, language })} />
          <BarList rows={channelRows(backlog.channels, { t, language })} />
        </div>
      )}
    </FigureCard>
  );
}

function BacklogLegend(): ReactNode {
  const { t } = useMessages();
  return (
    <>
      {(['plain', 'late', 'blocked'] as const).map((look) => (
        <span key={look} className={classes.legend}>
          <span className={`${classes.swatch} ${classes[look]}`} />
          {t(lookTitles[look])}
        </span>
      ))}
    </>
  );
}

const lookTitles = {
  plain: 'throughput.open',
  late: 'throughput.late',
  blocked: 'throughput.blocked',
} as const;

interface Words {
  readonly t: Translate;
  readonly language: Language;
}

function dueRows(slots: readonly Slot[], { at, ...words }: Words & { at: string }): BarRow[] {
  const { rows, rest } = glance(slots);
  const sum = (of: 'open' | 'blocked'): number => rest.reduce((total, slot) => total + slot[of], 0);
  const shown = rows.map((slot) => dueRow(slot, slotWords(slot, at, words), words.language));
  if (rest.length === 0) return shown;
  const last: Slot = { kind: 'later', start: null, end: null, open: sum('open'), blocked: sum('blocked') };
  return [...shown, dueRow(last, words.t('throughput.later'), words.language)];
}

function dueRow(slot: Slot, label: string, language: Language): BarRow {
  const late = slot.kind === 'late';
  return {
    key: `${slot.kind} ${slot.start}`,
    label: late ? (
      <span className={classes.lateLabel}>
        <Icon name="warning" size={20} /> {label}
      </span>
    ) : (
      label
    ),
    parts: [
      { value: slot.open, look: late ? 'late' : 'plain' },
      { value: slot.blocked, look: 'blocked' },
    ],
    text: counts(slot.open, slot.blocked, language),
  };
}

function channelRows(channels: Backlog['channels'], { t, language }: Words): BarRow[] {
  const shown = channels.length <= ROWS_SHOWN ? channels : channels.slice(0, ROWS_SHOWN - 1);
  const rest = channels.slice(shown.length);
  const rows = shown.map((sums) =>
    channelRow(sums.channel, <ChannelBadge channel={sums.channel} />, { sums, language }),
  );
  if (rest.length === 0) return rows;
  const sum = (of: 'open' | 'late' | 'blocked'): number => rest.reduce((total, channel) => total + channel[of], 0);
  const sums = { open: sum('open'), late: sum('late'), blocked: sum('blocked') };
  return [...rows, channelRow('rest', t('throughput.more-channels', { count: rest.length }), { sums, language })];
}

function channelRow(
  key: string,
  label: ReactNode,
  { sums, language }: { sums: { open: number; late: number; blocked: number }; language: Language },
): BarRow {
  return {
    key,
    label,
    parts: [
      { value: sums.late, look: 'late' },
      { value: sums.open - sums.late, look: 'plain' },
      { value: sums.blocked, look: 'blocked' },
    ],
    text: counts(sums.open, sums.blocked, language),
  };
}

/** What can be worked on, and in brackets what cannot. */
function counts(open: number, blocked: number, language: Language): ReactNode {
  return (
    <>
      <strong>{formatNumber(open, language)}</strong>
      {blocked > 0 && <span className={classes.aside}> +{formatNumber(blocked, language)}</span>}
    </>
  );
}
