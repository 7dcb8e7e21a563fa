import type { ReactNode } from 'react';
import classes from './page.module.css';

export interface PageProps {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** Filters and buttons beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** Frame of every screen but the bench: a title, its tools, and what scrolls below. */
export function Page({ title, subtitle, actions, children }: PageProps): ReactNode {
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <div>
          <h1 className={classes.title}>{title}</h1>
          {subtitle !== undefined && <p className={classes.subtitle}>{subtitle}</p>}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** A titled box on a page. */
export function Card({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className={classes.card} aria-label={title}>
      <h2 className={classes.cardTitle}>{title}</h2>
      {children}
    </section>
  );
}
