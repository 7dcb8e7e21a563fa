import { type Colour, inkOn, shade } from './colours.ts';
import { circle, clipped, ellipse, group, line, path, rect, type Svg, shadow, text } from './svg.ts';

/** How large a shirt is drawn, by its size. */
const SIZES: Readonly<Record<string, number>> = { S: 0.8, M: 0.86, L: 0.92, XL: 0.98, XXL: 1.04 };

/** A shirt with its size on the chest. */
export function drawShirt(colour: Colour, size: string): Svg {
  const scale = SIZES[size] ?? 1;
  const dark = shade(colour.hex, -0.22);
  const shirt =
    path(
      'M-56-150L-164-98l32 82 42-14v176q0 12 12 12H78q12 0 12-12V-30l42 14 32-82L56-150Q30-118 0-118t-56-32z',
      colour.hex,
    ) +
    path('M-90-30v176q0 12 12 12h20V-70z', '#00000014') +
    line('M-90-30V-62M90-30V-62', dark, 6) +
    line('M-158-90l28 72M158-90l-28 72', dark, 5) +
    path('M-56-150Q-30-118 0-118t56-32l-14-6Q24-134 0-134t-42-22z', dark) +
    circle([0, 0, 58], inkOn(colour.hex) === '#FFFFFF' ? '#FFFFFF' : '#23262B') +
    text(size, [0, 2, size.length > 2 ? 44 : 56], inkOn(colour.hex) === '#FFFFFF' ? '#23262B' : '#FFFFFF');
  return shadow(200, 376, 104 * scale) + group(`translate(200 206) scale(${scale})`, shirt);
}

const PATTERNS: readonly ((ink: string) => Svg)[] = [
  () => '',
  (ink) => [60, 120, 180, 240, 300, 360].map((y) => line(`M90 ${y + 60}L310 ${y - 60}`, ink, 20)).join(''),
  (ink) =>
    [90, 150, 210, 270, 330]
      .map((y, row) => [140, 190, 240, 290].map((x) => circle([x - (row % 2) * 25, y, 12], ink)).join(''))
      .join(''),
  (ink) => [110, 170, 230, 290, 350].map((y) => line(`M100 ${y}q25-36 50 0t50 0t50 0t50 0`, ink, 14)).join(''),
  (ink) =>
    [100, 180, 260, 340]
      .map((y, row) => [120, 200, 280].map((x) => rect([x - (row % 2) * 40, y, 40, 40], ink)).join(''))
      .join(''),
  (ink) =>
    line(
      'M200 390V120M200 330l-56-44M200 330l56-44M200 262l-52-42M200 262l52-42M200 196l-44-36M200 196l44-36',
      ink,
      14,
    ),
  (ink) => path('M100 400l80-150 44 66 30-44 70 128z', ink) + circle([246, 180, 30], ink),
  (ink) => path('M200 330c-90-60-92-134-46-146 24-6 40 10 46 28 6-18 22-34 46-28 46 12 44 86-46 146z', ink),
];

/** Camera of each phone model: how a packer tells the cut-outs apart. */
const CAMERAS: Readonly<Record<string, Svg>> = {
  N5: rect([142, 58, 62, 62], '#15171B', 16) + circle([160, 76, 11], '#4B5A70') + circle([186, 102, 11], '#4B5A70'),
  'N5+':
    rect([142, 58, 52, 112], '#15171B', 20) +
    circle([168, 80, 13], '#4B5A70') +
    circle([168, 114, 13], '#4B5A70') +
    circle([168, 148, 13], '#4B5A70'),
  P8: rect([130, 66, 140, 42], '#15171B', 21) + circle([158, 87, 12], '#4B5A70') + circle([196, 87, 12], '#4B5A70'),
  'P8 Pro':
    circle([200, 102, 46], '#15171B') +
    circle([182, 86, 12], '#4B5A70') +
    circle([218, 86, 12], '#4B5A70') +
    circle([200, 120, 12], '#4B5A70'),
};

/** The phone models that cases are sold for. */
export const phoneModels: readonly string[] = Object.keys(CAMERAS);

/** A phone case with the camera cut-out of `model`. */
export function drawPhoneCase(colour: Colour, { model, pattern }: { model: string; pattern: number }): Svg {
  const ink = inkOn(colour.hex) === '#FFFFFF' ? shade(colour.hex, 0.42) : shade(colour.hex, -0.26);
  const shape = rect([116, 36, 168, 332], '#000', 34);
  const phoneCase =
    shadow(200, 378, 84) +
    rect([116, 36, 168, 332], colour.hex, 34) +
    clipped(
      `case-${pattern}`,
      shape,
      (PATTERNS[pattern % PATTERNS.length]?.(ink) ?? '') +
        rect([128, 36, 10, 332], '#FFFFFF44') +
        rect([256, 36, 28, 332], '#00000014'),
    ) +
    (CAMERAS[model] ?? '') +
    rect([282, 128, 8, 54], shade(colour.hex, -0.35), 4);
  // To the left of the tag that names the model.
  return group('translate(-62 0)', phoneCase);
}

/** Headphones; `kind` says whether they sit on the ear or in it. */
export function drawHeadphones(colour: Colour, kind: 'over-ear' | 'in-ear'): Svg {
  const dark = shade(colour.hex, -0.3);
  if (kind === 'in-ear') {
    const bud = (x: number, turn: number): Svg =>
      group(
        `translate(${x} 150) rotate(${turn})`,
        rect([-14, 0, 28, 84], colour.hex, 14) +
          circle([0, 0, 34], colour.hex) +
          circle([-10, 2, 20], dark) +
          rect([-6, 56, 12, 20], dark, 6),
      );
    return (
      shadow(200, 372, 120) +
      bud(136, 14) +
      bud(264, -14) +
      rect([96, 250, 208, 112], colour.hex, 46) +
      rect([96, 288, 208, 8], dark) +
      circle([200, 322, 7], '#7CFC9A') +
      ellipse([150, 268, 34, 6], '#FFFFFF55')
    );
  }
  const cup = (x: number): Svg => rect([x, 196, 74, 132], colour.hex, 32) + rect([x + 14, 214, 46, 96], dark, 22);
  return (
    shadow(200, 366, 130) +
    line('M98 232C92 52 308 52 302 232', dark, 30) +
    line('M98 232C92 52 308 52 302 232', colour.hex, 16) +
    cup(62) +
    cup(264) +
    rect([116, 206, 26, 112], '#23262B', 13) +
    rect([258, 206, 26, 112], '#23262B', 13)
  );
}
