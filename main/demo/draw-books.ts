import { inkOn, shade } from './colours.ts';
import { circle, clipped, line, path, rect, type Svg, shadow, text } from './svg.ts';

/** Cover pictures in ink `ink` inside 110 to 318 across and 180 to 352 down. */
const COVERS: readonly ((ink: string) => Svg)[] = [
  (ink) => path('M214 352V214l-20-24h80l-20 24v138z', ink) + path('M194 206L110 176v44zM274 206l60-30v44z', `${ink}66`),
  (ink) => circle([214, 262, 62], ink) + rect([110, 300, 210, 60], `${ink}55`),
  (ink) => path('M110 352l60-110 36 50 42-76 74 136z', ink),
  (ink) =>
    line('M214 352V240M214 300c-60-6-70-46-66-74 40 0 66 26 66 74M214 270c44-4 66-34 62-66-38 2-62 26-62 66', ink, 14),
  (ink) =>
    [200, 232, 264, 296, 328].map((y, index) => line(`M130 ${y}h${60 + ((index * 53) % 110)}`, ink, 14)).join(''),
  (ink) => path('M214 190l20 52h56l-46 32 18 54-48-34-48 34 18-54-46-32h56z', ink),
  (ink) =>
    [0, 1, 2, 3]
      .map((ring) => `<circle cx="214" cy="268" r="${18 + ring * 20}" fill="none" stroke="${ink}" stroke-width="9"/>`)
      .join(''),
  (ink) => path('M126 330q44-140 88-60t88-70v130z', ink) + circle([150, 214, 22], ink),
];

/** A book with its title on the cover, at most three lines. */
export function drawBook(title: string, { hex, cover }: { hex: string; cover: number }): Svg {
  const ink = inkOn(hex);
  const art = ink === '#FFFFFF' ? shade(hex, 0.38) : shade(hex, -0.24);
  const lines = wrap(title, 11);
  return (
    shadow(204, 382, 130) +
    path('M102 40l-18 16v316l18 4z', shade(hex, -0.4)) +
    rect([96, 362, 222, 16], '#F4EFE2', 4) +
    line('M104 368h206M104 373h206', '#CFC7B4', 1.5) +
    rect([102, 30, 222, 336], hex, 6) +
    clipped(`book-${cover}`, rect([102, 30, 222, 336], '#000', 6), COVERS[cover % COVERS.length]?.(art) ?? '') +
    rect([102, 30, 20, 336], '#00000026') +
    lines.map((content, index) => text(content, [222, 70 + index * 34, 27], ink)).join('')
  );
}

function wrap(title: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of title.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
