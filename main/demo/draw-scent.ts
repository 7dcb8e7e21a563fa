import { type Colour, inkOn, shade } from './colours.ts';
import { drawFlavour, type Flavour } from './draw-kitchen.ts';
import { circle, clipped, ellipse, group, line, path, rect, type Svg, shadow, text } from './svg.ts';

const flame = (x: number, y: number): Svg =>
  line(`M${x} ${y + 34}v16`, '#4A4038', 5) +
  path(`M${x} ${y - 22}c18 22 20 34 8 48-8 8-18 8-24-2-8-16 8-24 16-46z`, '#F5A623') +
  path(`M${x} ${y + 2}c8 10 8 16 3 23-4 4-9 3-11-2-3-8 5-11 8-21z`, '#FFF1B8');

/** A candle in a glass: fragile. `big` ones have two wicks. */
export function drawCandle(scent: Flavour, big: boolean): Svg {
  const [top, width] = big ? [118, 228] : [186, 164];
  const middle = big ? 176 : 186;
  const left = middle - width / 2;
  const glass = rect([left, top, width, 362 - top], '#000', 22);
  const wax = shade(scent.hex, 0.42);
  const wicks = big ? flame(130, 66) + flame(212, 66) : flame(middle, 134);
  const label = big
    ? group(`translate(${middle} 236) scale(1.15)`, drawFlavour(scent))
    : group(`translate(${middle} 262) scale(.85)`, drawFlavour(scent));
  const [labelTop, labelHeight] = big ? [184, 136] : [222, 108];
  return (
    shadow(middle, 372, width * 0.56) +
    rect([left, top, width, 362 - top], '#E3EEF2', 22) +
    clipped(
      `candle-${scent.code}`,
      glass,
      rect([left + 10, top + 28, width - 20, 400], wax, 14) +
        rect([left + 20, top, 14, 260], '#FFFFFF99') +
        rect([left + width - 46, top, 36, 260], '#00000010'),
    ) +
    wicks +
    ellipse([middle, top + 30, width / 2 - 12, 9], shade(scent.hex, 0.6)) +
    rect([left + 22, labelTop, width - 44, labelHeight], '#FFFDF6', 6) +
    label +
    text(
      scent.name.toUpperCase(),
      [middle, labelTop + labelHeight - 20, scent.name.length > 8 ? (big ? 18 : 14) : 22],
      '#23262B',
    )
  );
}

/** A can of spray paint: dangerous goods, with the sign that says so. */
export function drawSpray(colour: Colour): Svg {
  const ink = inkOn(colour.hex);
  const can = 'M134 148q0-42 66-42t66 42v208q0 12-12 12H146q-12 0-12-12z';
  return (
    shadow(200, 372, 92) +
    path('M300 74c26-18 40-8 60-22 2 22 18 24 10 46s-30 14-46 24-34-6-28-24 0-16 4-24z', shade(colour.hex, 0.1)) +
    circle([286, 128, 7], colour.hex) +
    circle([352, 142, 9], colour.hex) +
    circle([276, 70, 6], colour.hex) +
    path(can, '#C9CED4') +
    clipped(
      `spray-${colour.code}`,
      path(can, '#000'),
      rect([130, 168, 140, 210], colour.hex) +
        rect([148, 100, 14, 280], '#FFFFFF55') +
        rect([236, 100, 34, 280], '#00000020'),
    ) +
    rect([164, 82, 72, 34], '#AEB4BB', 8) +
    rect([178, 42, 44, 46], colour.hex, 8) +
    circle([228, 60, 5], '#23262B') +
    path('M200 192l52 52-52 52-52-52z', '#D4001A') +
    path('M200 206l38 38-38 38-38-38z', '#FFFFFF') +
    path(
      'M200 214c14 16 18 24 12 36 6-2 8-6 9-10 6 16-6 26-21 26s-27-10-21-26c2 5 4 8 8 9-4-14 6-20 13-35z',
      '#23262B',
    ) +
    text(colour.name.toUpperCase(), [200, 326, colour.name.length > 6 ? 20 : 26], ink) +
    text('400 ml', [200, 352, 18], ink)
  );
}
