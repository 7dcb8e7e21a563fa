import type { ReactNode } from 'react';

const paths = {
  check: 'M4 12.5 9.5 18 20 6.5',
  cross: 'M6 6l12 12M18 6 6 18',
  info: 'M12 10v9M12 5v.5',
  note: 'M4 5h16v11H10l-5 4v-4H4z',
  question: 'M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3M12 18v.5',
  tooMany: 'M5 8h9M9.500 3.500v9M4 17h16M4 21h16',
  swap: 'M4 8h14l-4-4M20 16H6l4 4',
  broken: 'M4 5v14M8 5v14M12 5v5M12 14v5M16 5v3M16 12v7M20 5v14',
  hand: 'M12 3v9M12 16v.5M4.500 20h15L12 4.500z',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 9v6M11 9v6M14 9v6M16.500 9v6',
  menu: 'M4 6h16M4 12h16M4 18h16',
  box: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  scale: 'M5 20h14l-1.500-11h-11zM12 9V4M8 4h8M12 16l2-3',
  label: 'M4 5h16v14H4zM8 9v6M11 9v6M14 9v6M17 9v6',
  tote: 'M4 9h16l-2 10H6zM8 9V5h8v4',
  pin: 'M12 21s-6-6-6-11a6 6 0 0 1 12 0c0 5-6 11-6 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  pause: 'M8 5v14M16 5v14',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2',
  fragile: 'M8 3h8l-1 7a3 3 0 0 1-6 0zM12 13v6M8.500 21h7',
  hazard: 'M12 3 22 20H2zM12 9v5M12 16.500v.5',
  upright: 'M8 20V6l-4 4M8 6l4 4M16 20V6l-4 4M16 6l4 4',
  gift: 'M4 9h16v4H4zM5.500 13h13v7h-13zM12 9v11M12 9s-5 0-5-3 5 0 5 3zM12 9s5 0 5-3-5 0-5 3z',
  printer: 'M7 9V4h10v5M5 9h14v8h-3M8 17H5V9M8 14h8v6H8z',
  warning: 'M12 3 22 20H2zM12 9v5M12 16.500v.5',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.500-4 4-6 8-6s7.500 2 8 6',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  cart: 'M3 3v15h17M3 8h14v7H3M7 18v3M17 18v3M10 8v7',
  here: 'M4 12h14M12 5l7 7-7 7',
  layers: 'M12 3 22 8 12 13 2 8zM3 12.500 12 17l9-4.500M3 17l9 4.500 9-4.500',
  count: 'M5 5v14M9 5v14M13 5v14M17 5v14M3 15 20 9',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9 13l6 5M15 13l-6 5',
  lot: 'M4 4h7l9 9-7 7-9-9zM8.500 8v.5',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  up: 'M12 20V4M5 11l7-7 7 7',
  down: 'M12 4v16M5 13l7 7 7-7',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3M12 14.500v2',
  deadLabel: 'M4 5h16v14H4zM3 3l18 18M8 9v6M16 9v6',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM7 12h10',
  out: 'M10 4H5v16h5M10 12h10M16 8l4 4-4 4',
} as const;
export type IconName = keyof typeof paths;

/** A drawing beside words, never instead of them: hidden from screen readers. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
      strokeLinejoin="round"
      focusable="false"
      style={{ flex: 'none' }}
    >
      <path d={paths[name]} />
    </svg>
  );
}
