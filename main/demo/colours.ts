/** A colour that things of the demo come in. */
export interface Colour {
  readonly code: string;
  readonly name: string;
  readonly hex: string;
}

const colour = (code: string, name: string, hex: string): Colour => ({ code, name, hex });

export const red = colour('RED', 'red', '#D4453F');
export const orange = colour('ORA', 'orange', '#EC8A35');
export const yellow = colour('YEL', 'yellow', '#F2C230');
export const green = colour('GRN', 'green', '#4FA564');
export const forest = colour('FOR', 'forest', '#24594A');
export const mint = colour('MNT', 'mint', '#9BD9C0');
export const teal = colour('TEA', 'teal', '#1F9AA0');
export const sky = colour('SKY', 'sky blue', '#78BDEB');
export const blue = colour('BLU', 'blue', '#2F63C0');
export const navy = colour('NVY', 'navy', '#1E2F57');
export const purple = colour('PUR', 'purple', '#7B4FA8');
export const pink = colour('PNK', 'pink', '#F19AB9');
export const brown = colour('BRO', 'brown', '#85553A');
export const sand = colour('SND', 'sand', '#D8BF97');
export const grey = colour('GRY', 'grey', '#8D959E');
export const black = colour('BLK', 'black', '#2A2D33');
export const white = colour('WHT', 'white', '#FAF8F3');

/** `hex` mixed with white (`share` above 0) or black (below 0). */
export function shade(hex: string, share: number): string {
  const target = share > 0 ? 255 : 0;
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const mixed = channels.map((value) => Math.round(value + (target - value) * Math.abs(share)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Black or white, whichever is easier to read on `hex`. */
export function inkOn(hex: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return r * 0.299 + g * 0.587 + b * 0.114 > 150 ? '#23262B' : '#FFFFFF';
}
