/** What a label printer says of itself in its answer to `~HS`. */
export interface HostStatus {
  readonly paperOut: boolean;
  readonly paused: boolean;
  readonly headUp: boolean;
  readonly ribbonOut: boolean;
  /** Formats that it has taken and not printed yet. */
  readonly formatsWaiting: number;
  /** Labels of the batch at hand that are still to come. */
  readonly labelsWaiting: number;
}

const STX = 0x02;
const ETX = 0x03;
const LINES = 3;

/** Whether all three lines of the answer are there. */
export function isWholeStatus(bytes: Uint8Array): boolean {
  return linesOf(bytes).length >= LINES;
}

/**
 * Reads the three STX…ETX lines of `~HS` (ZPL II manual, "Host Status Return"); undefined for anything else.
 *
 * Bytes between the lines are skipped: a printer may still be sending what an earlier question asked for.
 */
export function parseHostStatus(bytes: Uint8Array): HostStatus | undefined {
  const lines = linesOf(bytes);
  // The last whole answer: an earlier one may have come late.
  const start = lines.findLastIndex((line, at) => line.length === 12 && lines[at + 1]?.length === 11);
  const [first, second] = [lines[start], lines[start + 1]];
  if (!first || !second) return undefined;
  const flags = [first[1], first[2], second[2], second[3]].map(readFlag);
  const [formatsWaiting, labelsWaiting] = [readCount(first[4]), readCount(second[8])];
  const [paperOut, paused, headUp, ribbonOut] = flags;
  if (paperOut === undefined || paused === undefined || headUp === undefined || ribbonOut === undefined)
    return undefined;
  if (formatsWaiting === undefined || labelsWaiting === undefined) return undefined;
  return { paperOut, paused, headUp, ribbonOut, formatsWaiting, labelsWaiting };
}

function linesOf(bytes: Uint8Array): string[][] {
  const lines: string[][] = [];
  let start = -1;
  for (const [at, byte] of bytes.entries()) {
    if (byte === STX) start = at + 1;
    if (byte !== ETX || start < 0) continue;
    lines.push(new TextDecoder('latin1').decode(bytes.subarray(start, at)).split(','));
    start = -1;
  }
  return lines;
}

function readFlag(field: string | undefined): boolean | undefined {
  return field === '1' ? true : field === '0' ? false : undefined;
}

function readCount(field: string | undefined): number | undefined {
  return field !== undefined && /^\d{1,8}$/.test(field) ? Number(field) : undefined;
}
