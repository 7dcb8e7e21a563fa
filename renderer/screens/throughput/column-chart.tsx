import type { ReactNode } from 'react';
import classes from './charts.module.css';

export interface ColumnSeries {
  readonly key: string;
  readonly title: string;
  /** One for each label. */
  readonly values: readonly number[];
}

export interface ColumnChartProps {
  readonly labels: readonly string[];
  readonly series: readonly ColumnSeries[];
  /** Place of the column that is not over yet; -1 where all are. */
  readonly running: number;
  readonly format: (value: number) => string;
}

/** Several rows of columns over the same hours, each on its own scale, every column with its number. */
export function ColumnChart({ labels, series, running, format }: ColumnChartProps): ReactNode {
  return (
    <div className={classes.columns}>
      {series.map(({ key, title, values }) => (
        <div key={key} className={classes.columnRow}>
          <span className={classes.seriesTitle}>{title}</span>
          <div className={classes.plot}>
            {labels.map((label, place) => (
              <Column
                key={label}
                value={values[place] ?? 0}
                most={Math.max(1, ...values)}
                running={place === running}
                format={format}
              />
            ))}
          </div>
        </div>
      ))}
      <div className={classes.columnRow}>
        <span />
        <div className={classes.axis}>
          {labels.map((label, place) => (
            <span key={label} className={place === running ? classes.now : undefined}>
              {label}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

interface ColumnProps {
  readonly value: number;
  readonly most: number;
  readonly running: boolean;
  readonly format: (value: number) => string;
}

function Column({ value, most, running, format }: ColumnProps): ReactNode {
  return (
    <div className={classes.column}>
      <span className={classes.columnValue}>{value > 0 ? format(value) : ''}</span>
      <span
        className={`${classes.stem} ${running ? classes.running : ''}`}
        style={{ height: value === 0 ? '2px' : `${(72 * value) / most}%` }}
      />
    </div>
  );
}
