import type { ReactNode } from 'react';
import { testQrRows } from '../../../shared/scanner/test-symbol.ts';

const QUIET = 4;
const size = testQrRows.length + 2 * QUIET;
const dark = testQrRows
  .flatMap((row, y) => [...row].flatMap((module, x) => (module === '1' ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])))
  .join('');

/** The test code for imagers, black on white in both schemes: scanners read it from the screen. */
export function TestCodePicture({ label, className }: { label: string; className: string | undefined }): ReactNode {
  return (
    <svg
      role="img"
      aria-label={label}
      className={className}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={dark} fill="#000000" />
    </svg>
  );
}
