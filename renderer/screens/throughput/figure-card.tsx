import { createContext, type ReactNode, useContext } from 'react';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import classes from './charts.module.css';

/** Whether numbers are shown as tables instead of drawings. */
export const AsTables = createContext(false);

export interface FigureCardProps<Row> {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly area: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** What both forms have below them. */
  readonly below?: ReactNode;
  /** The drawing; screen readers get the table instead. */
  readonly children: ReactNode;
}

/** A drawing and the table of the same numbers: one of them is seen, and the table is always read. */
export function FigureCard<Row>({ title, lead, area, below, children, ...table }: FigureCardProps<Row>): ReactNode {
  const asTables = useContext(AsTables);
  return (
    <section className={classes.card} aria-label={title} style={{ gridArea: area }}>
      <h2 className={classes.cardTitle}>{title}</h2>
      {lead !== undefined && <div className={classes.lead}>{lead}</div>}
      {asTables ? (
        <DataTable label={title} {...table} />
      ) : (
        <>
          <div aria-hidden="true" className={classes.drawing}>
            {children}
          </div>
          <HiddenTable title={title} {...table} />
        </>
      )}
      {below}
    </section>
  );
}

type TableProps<Row> = Pick<FigureCardProps<Row>, 'title' | 'columns' | 'rows' | 'rowKey'>;

function HiddenTable<Row>({ title, columns, rows, rowKey }: TableProps<Row>): ReactNode {
  return (
    <div className="visually-hidden">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            {columns.map(({ key, title: name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ key, cell }) => (
                <td key={key}>{cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
