import type { ReactNode } from 'react';
import type { ThroughputView } from '../../../shared/contract/reporting.ts';
import type { Column } from '../../ui/data-table.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { type RefusalKind, verdictLooks } from '../bench/verdict-look.ts';
import { BarList } from './bar-list.tsx';
import classes from './charts.module.css';
import { FigureCard } from './figure-card.tsx';
import { codeWords, percentText, refusalKind } from './report-words.ts';
import { countKinds } from './shown-figures.ts';

type Counted = ThroughputView['refusals']['byCode'][number];

const besideTitles = {
  overrides: 'throughput.overrides',
  reprints: 'throughput.reprints',
  shorts: 'throughput.shorts',
  undone: 'throughput.undone',
} as const;

const kindTitles: { readonly [K in RefusalKind]: `throughput.refusal.${K}` } = {
  'wrong-item': 'throughput.refusal.wrong-item',
  'wrong-order': 'throughput.refusal.wrong-order',
  'wrong-place': 'throughput.refusal.wrong-place',
  'wrong-lot': 'throughput.refusal.wrong-lot',
  'too-many': 'throughput.refusal.too-many',
  unknown: 'throughput.refusal.unknown',
  unreadable: 'throughput.refusal.unreadable',
  'dead-label': 'throughput.refusal.dead-label',
  expired: 'throughput.refusal.expired',
  weight: 'throughput.refusal.weight',
  stopped: 'throughput.refusal.stopped',
  refused: 'throughput.refusal.refused',
};

/** What benches refused, by the look it had there, and beside it what passed by leave or was done twice. */
export function RefusalsCard({ report }: { report: ThroughputView }): ReactNode {
  const messages = useMessages();
  const { t, language } = messages;
  const { total, rightScans, byCode } = report.refusals;
  const number = (value: number): string => formatNumber(value, language);
  const columns: readonly Column<Counted>[] = [
    { key: 'kind', title: t('throughput.refusal'), cell: ({ code }) => t(kindTitles[refusalKind(code)]) },
    { key: 'code', title: t('throughput.refusal.words'), cell: ({ code }) => codeWords(code, messages) },
    { key: 'count', title: t('throughput.count'), numeric: true, cell: ({ count }) => number(count) },
  ];
  const share = total + rightScans === 0 ? 0 : total / (total + rightScans);
  return (
    <FigureCard
      area="refusals"
      title={t('throughput.refusals')}
      lead={t('throughput.refusals.lead', {
        refused: number(total),
        right: number(rightScans),
        share: percentText(share, language),
      })}
      columns={columns}
      rows={byCode}
      rowKey={({ code }) => code}
      below={
        <ul className={classes.beside}>
          {report.beside.map(({ name, count }) => (
            <li key={name} className={count > 0 ? classes.counted : undefined}>
              <strong>{number(count)}</strong> {t(besideTitles[name])}
            </li>
          ))}
        </ul>
      }
    >
      <BarList
        wide
        rows={countKinds(byCode).map(({ kind, count }) => ({
          key: kind,
          label: (
            <>
              <Icon name={verdictLooks[kind].icon} size={22} /> {t(kindTitles[kind])}
            </>
          ),
          parts: [{ value: count, look: 'plain' }],
          text: number(count),
        }))}
      />
    </FigureCard>
  );
}
