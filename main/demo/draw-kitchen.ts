import { type Colour, inkOn, shade } from './colours.ts';
import { circle, clipped, ellipse, group, line, path, rect, type Svg, shadow, text } from './svg.ts';

/** Patterns glazed on mugs, in ink `ink`, over a body from 90 to 270 across and 110 to 320 down. */
const GLAZES: readonly ((ink: string) => Svg)[] = [
  () => '',
  (ink) => rect([80, 170, 200, 16], ink) + rect([80, 240, 200, 16], ink),
  (ink) =>
    [130, 180, 230].map((x) => circle([x, 180, 15], ink) + circle([x - 25, 235, 15], ink)).join('') +
    circle([255, 235, 15], ink),
  (ink) => path('M180 270c-60-40-62-90-30-98 16-4 26 6 30 18 4-12 14-22 30-18 32 8 30 58-30 98z', ink),
  (ink) => line('M85 190q24-30 48 0t48 0t48 0t48 0M85 240q24-30 48 0t48 0t48 0t48 0', ink, 12),
  (ink) => path('M95 270l50-80 30 45 25-35 55 70z', ink) + circle([230, 170, 16], ink),
];

/** A mug; `big` ones hold 400 ml. */
export function drawMug(colour: Colour, { big, glaze }: { big: boolean; glaze: number }): Svg {
  const dark = shade(colour.hex, -0.18);
  const ink = inkOn(colour.hex) === '#FFFFFF' ? shade(colour.hex, 0.62) : shade(colour.hex, -0.5);
  const body = 'M88 108h184v166q0 52-52 52h-80q-52 0-52-52z';
  const glazed = GLAZES[glaze % GLAZES.length]?.(ink) ?? '';
  const mug =
    line('M270 152c74-14 78 106-6 112', dark, 28) +
    path(body, colour.hex) +
    clipped(
      `mug-${colour.code}`,
      path(body, '#000'),
      glazed + rect([232, 100, 44, 230], '#00000018') + rect([104, 100, 18, 230], '#FFFFFF40'),
    ) +
    ellipse([180, 108, 92, 18], shade(colour.hex, 0.25)) +
    ellipse([180, 110, 80, 13], shade(colour.hex, -0.45));
  const placed = big ? group('translate(-8 22) scale(1.06)', mug) : group('translate(54 108) scale(.76)', mug);
  return shadow(190, 372, big ? 130 : 96) + placed;
}

export interface Flavour {
  readonly code: string;
  readonly name: string;
  readonly hex: string;
  /** What is drawn on the label. */
  readonly fruit: 'round' | 'berries' | 'leaf' | 'flower' | 'slice' | 'star';
}

/** The sign of a flavour around 0, 0, about 60 wide. */
export function drawFlavour({ fruit, hex }: Flavour): Svg {
  const leaf = shade('#4FA564', -0.1);
  const petals = (count: number, petal: Svg): Svg =>
    Array.from({ length: count }, (_, index) => group(`rotate(${(360 / count) * index})`, petal)).join('');
  switch (fruit) {
    case 'round':
      return (
        circle([0, 6, 26], hex) +
        path('M0-18c4-16 18-18 26-14-4 12-16 16-26 14z', leaf) +
        circle([-9, -2, 6], '#FFFFFF66')
      );
    case 'berries':
      return (
        circle([-14, 8, 15], hex) +
        circle([14, 8, 15], shade(hex, -0.12)) +
        circle([0, -12, 15], shade(hex, 0.12)) +
        path('M0-24c6-12 18-12 24-8-6 10-16 12-24 8z', leaf)
      );
    case 'leaf':
      return (
        path('M-28 20C-30-18 0-34 30-30 34 4 10 30-28 20z', hex) + line('M-30 26Q-8 2 16-16', shade(hex, -0.35), 4)
      );
    case 'flower':
      return petals(6, ellipse([0, -18, 9, 15], hex)) + circle([0, 0, 9], '#F2C230');
    case 'slice':
      return circle([0, 0, 30], hex) + circle([0, 0, 24], shade(hex, 0.55)) + petals(8, path('M0-3L7-20H-7z', hex));
    case 'star':
      return petals(8, path('M0-32L7-8H-7z', hex)) + circle([0, 0, 8], shade(hex, -0.4));
  }
}

/** A bottle of syrup that must stand upright; `big` ones hold 70 cl. */
export function drawSyrup(flavour: Flavour, big: boolean): Svg {
  const glass = 'M172 60h56v56c0 34 52 40 52 96v124q0 24-24 24H144q-24 0-24-24V212c0-56 52-62 52-96z';
  const bottle =
    path(glass, '#DCE6E4') +
    clipped(
      `syrup-${flavour.code}`,
      path(glass, '#000'),
      rect([110, 138, 180, 230], flavour.hex) +
        rect([132, 60, 14, 300], '#FFFFFF55') +
        rect([250, 60, 40, 300], '#00000018'),
    ) +
    rect([166, 34, 68, 40], '#2A2D33', 8) +
    rect([112, 218, 176, 104], '#FFFDF6', 8) +
    group('translate(200 256) scale(.92)', drawFlavour(flavour)) +
    text(flavour.name.toUpperCase(), [200, 304, flavour.name.length > 9 ? 18 : 22], '#23262B');
  const placed = big ? group('translate(-12 14)', bottle) : group('translate(52 112) scale(.7)', bottle);
  const arrow = path('M44 352v-38h-16l28-34 28 34H68v38z', '#2F63C0');
  return shadow(192, 376, big ? 104 : 76) + placed + arrow;
}

/** A tin of tea. */
export function drawTea(flavour: Flavour): Svg {
  const ink = inkOn(flavour.hex);
  return (
    shadow(200, 368, 120) +
    rect([94, 112, 212, 252], flavour.hex, 14) +
    rect([266, 112, 40, 252], '#00000016', 14) +
    rect([108, 112, 16, 252], '#FFFFFF40') +
    rect([86, 62, 228, 58], shade(flavour.hex, -0.28), 12) +
    rect([86, 104, 228, 10], '#00000022') +
    circle([200, 204, 58], '#FFFDF6') +
    group('translate(200 204) scale(1.25)', drawFlavour(flavour)) +
    text(flavour.name.toUpperCase(), [200, 300, flavour.name.length > 8 ? 24 : 30], ink) +
    text('TEA · 100 g', [200, 336, 20], ink)
  );
}
