import type { ReactNode } from 'react';
import { ImportCard } from '../imports/import-card.tsx';

/** The merchant's three files, in the order in which they need each other. */
export function OwnFiles(): ReactNode {
  return (
    <>
      <ImportCard kind="items" step={1} />
      <ImportCard kind="stock" step={2} />
      <ImportCard kind="orders" step={3} />
    </>
  );
}
