import type { ReactNode } from 'react';
import { scanQueue } from '../../scan/scanner.ts';

export interface CardButtonProps {
  /** What the printed card sends when it is scanned. */
  readonly text: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
  /** Words for what is only drawn. */
  readonly label?: string;
}

/** The only button of the bench: it does what scanning its card does, so there is nothing a scanner cannot reach. */
export function CardButton({ text, className, children, label }: CardButtonProps): ReactNode {
  return (
    <button type="button" className={className} aria-label={label} onClick={() => scanQueue.push(text, 'typed')}>
      {children}
    </button>
  );
}
