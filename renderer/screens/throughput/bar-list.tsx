import type { ReactNode } from 'react';
import classes from './charts.module.css';

export interface BarPart {
  readonly value: number;
  readonly look: 'plain' | 'blocked' | 'late' | 'mark';
}

export interface BarRow {
  readonly key: string;
  readonly label: ReactNode;
  readonly parts: readonly BarPart[];
  /** What stands behind the bar. */
  readonly text: ReactNode;
}

/** Horizontal bars on one scale. A drawing only: the table beside it says the same in words. */
export function BarList({ rows, wide = false }: { rows: readonly BarRow[]; wide?: boolean }): ReactNode {
  const most = Math.max(1, ...rows.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0)));
  return (
    <div className={`${classes.bars} ${wide ? classes.wideLabels : ''}`}>
      {rows.map(({ key, label, parts, text }) => (
        <div key={key} className={classes.barRow}>
          <span className={classes.barLabel}>{label}</span>
          <span className={classes.track}>
            {parts
              .filter(({ value }) => value > 0)
              .map(({ look, value }) => (
                <span
                  key={look}
                  className={`${classes.bar} ${classes[look]}`}
                  style={{ width: `${(100 * value) / most}%` }}
                />
              ))}
          </span>
          <span className={classes.barText}>{text}</span>
        </div>
      ))}
    </div>
  );
}
