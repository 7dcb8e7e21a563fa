import { circle, ellipse, group, line, path, rect, type Svg, shadow, text } from './svg.ts';

/** Line drawings printed on boxes, about 0, 0 and 130 wide, in ink. */
const PRINTS: Readonly<Record<string, Svg>> = {
  lamp: line('M-30 60h60M0 60L-34-10 26-52', '#4A3728', 7) + path('M4-60l44 14-18 34-40-14z', '#4A3728'),
  kettle:
    path('M-44 56l8-88h64l10 88z', '#4A3728') +
    line('M30-20c40 0 34 56 4 60M-20-40q14-26 32 0', '#4A3728', 7) +
    path('M-36-20l-30 10 24 30z', '#4A3728'),
  turntable:
    rect([-64, -40, 128, 90], '#4A3728', 10) +
    circle([-14, 4, 34], '#C79A63') +
    circle([-14, 4, 8], '#4A3728') +
    line('M44-20l-8 46-22 8', '#C79A63', 6),
  globe:
    circle([0, -10, 44], '#4A3728') +
    line('M-44-10h88M0-54c-26 26-26 62 0 88M0-54c26 26 26 62 0 88', '#C79A63', 4) +
    line('M-30 60h60M0 34v26', '#4A3728', 8),
  fan:
    circle([0, -14, 48], '#4A3728') +
    [0, 120, 240]
      .map((turn) => group(`translate(0 -14) rotate(${turn})`, ellipse([0, -22, 12, 20], '#C79A63')))
      .join('') +
    line('M0 34v26M-30 60h60', '#4A3728', 8),
  coffee:
    rect([-46, -50, 92, 26], '#4A3728', 6) +
    rect([-46, -30, 26, 84], '#4A3728', 4) +
    rect([-46, 46, 92, 14], '#4A3728', 4) +
    path('M-10-10h46l-6 50H-4z', '#4A3728'),
  game:
    rect([-50, -50, 100, 100], '#4A3728', 8) +
    [-25, 25].map((x) => [-25, 25].map((y) => circle([x, y, 13], '#C79A63')).join('')).join('') +
    circle([0, 0, 13], '#C79A63'),
};

/** What ships in its own box. */
export const boxedNames: readonly string[] = Object.keys(PRINTS);

/** A carton with its content printed on the front. */
export function drawOwnBox(name: string, title: string): Svg {
  return (
    shadow(200, 376, 150) +
    path('M56 128l288 0 0 232q0 8-8 8H64q-8 0-8-8z', '#D3A66C') +
    path('M56 128l44-62h200l44 62z', '#B98A52') +
    path('M176 66h48l10 62h-68z', '#E3C9A0') +
    rect([166, 128, 68, 54], '#EAD5B2') +
    rect([56, 124, 288, 6], '#00000020') +
    group('translate(200 252) scale(1.12)', PRINTS[name] ?? '') +
    text(title.toUpperCase(), [200, 346, title.length > 14 ? 20 : 24], '#4A3728') +
    line('M84 216v-40M84 176l-14 18M84 176l14 18', '#4A3728', 6)
  );
}

/** A kit: its parts side by side in an open gift box with a ribbon. */
export function drawKit(parts: readonly Svg[]): Svg {
  const scale = parts.length > 2 ? 0.48 : 0.6;
  const step = 320 / parts.length;
  const placed = parts.map((part, index) => {
    const middle = 40 + step * (index + 0.5);
    return group(`translate(${middle - 200 * scale} ${248 - 380 * scale}) scale(${scale})`, part);
  });
  return (
    shadow(200, 378, 168) +
    path('M52 196h296l-12 40H64z', '#8E2F4A') +
    placed.join('') +
    rect([44, 232, 312, 138], '#B83B5E', 12) +
    rect([44, 232, 312, 16], '#9C3150') +
    rect([182, 232, 36, 138], '#F6D9A8') +
    path('M200 262c-50-44-84-14-64 8 14 14 44 8 64-8zM200 262c50-44 84-14 64 8-14 14-44 8-64-8z', '#F2C46D') +
    circle([200, 264, 14], '#D9A441') +
    text(`KIT · ${parts.length}`, [113, 326, 26], '#FFFFFF')
  );
}
