/** A piece of an SVG picture; coordinates run from 0 to 400 both ways. */
export type Svg = string;
type Box = readonly [x: number, y: number, width: number, height: number];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const rect = ([x, y, width, height]: Box, fill: string, radius = 0): Svg =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;

export const circle = ([cx, cy, r]: readonly [number, number, number], fill: string): Svg =>
  `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${fill}"/>`;

export const ellipse = ([cx, cy, rx, ry]: Box, fill: string): Svg =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;

export const path = (d: string, fill: string): Svg => `<path d="${d}" fill="${fill}"/>`;

/** A stroke with round ends. */
export const line = (d: string, colour: string, width: number): Svg =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** Bold text around the middle `[x, y]`. */
export const text = (content: string, [x, y, size]: readonly [number, number, number], fill: string): Svg =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}">${escaped(content)}</text>`;

export const group = (transform: string, content: Svg): Svg => `<g transform="${transform}">${content}</g>`;

/** A shape laid over what is below it, only where `clip` is. `id` must be unique in the picture. */
export const clipped = (id: string, clip: Svg, content: Svg): Svg =>
  `<clipPath id="${id}">${clip}</clipPath><g clip-path="url(#${id})">${content}</g>`;

/** The soft shadow that things throw on the table. */
export const shadow = (cx: number, cy: number, rx: number): Svg => ellipse([cx, cy, rx, rx / 9], '#00000022');

/** Size, volume or model on a tag in the corner: what tells two otherwise equal variants apart. */
export function tag(content: string): Svg {
  const width = 40 + content.length * 21;
  const x = 384 - width;
  return rect([x, 16, width, 58], '#23262B', 14) + text(content, [x + width / 2, 46, 36], '#FFFFFF');
}

/** A whole picture on a tinted tile. */
export function picture(background: string, content: Svg): string {
  const font =
    'font-family="Arial, Helvetica, sans-serif" font-weight="700" text-anchor="middle" dominant-baseline="central"';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400" ${font}>${rect([0, 0, 400, 400], background, 28)}${content}</svg>`;
}
