import type { ReportPeriod } from '../../../shared/contract/reporting.ts';

export const periodNames = ['hours', 'today', 'yesterday', 'week'] as const;
export type PeriodName = (typeof periodNames)[number];

export const periodTitles = {
  hours: 'throughput.period.hours',
  today: 'throughput.period.today',
  yesterday: 'throughput.period.yesterday',
  week: 'throughput.period.week',
} as const;

/** The zone of this screen's clock. */
export function hereZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The day before the present one on this screen's clock, YYYY-MM-DD. */
export function yesterday(now: Date): string {
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return new Date(today - 86_400_000).toISOString().slice(0, 10);
}

/** What the station is asked for. */
export function periodOf(name: PeriodName, now: Date): ReportPeriod {
  switch (name) {
    case 'hours':
      return { kind: 'hours', hours: 8 };
    case 'today':
      return { kind: 'days', days: 1 };
    case 'yesterday':
      return { kind: 'days', days: 1, last: yesterday(now) };
    case 'week':
      return { kind: 'days', days: 7 };
  }
}
