import { splitAim } from '../barcode/aim.ts';
import { stripTerminators } from '../barcode/scan-bytes.ts';

const GS = '\u001d';

/** What the test code on the set-up sheets says before its GS: both cases, first and last letters, digits, the marks that layouts move. */
export const TEST_TEXT = 'AaZz09-._/]';

/** The test code of the set-up page and sheets. A scanner that is set up right gives exactly this. */
export const TEST_CODE = `${TEST_TEXT}${GS}`;

/** True for the test code in whichever symbol it was printed, also when the scanner dropped its GS. */
export function isTestCode(raw: string): boolean {
  const { content } = splitAim(stripTerminators(raw));
  return content === TEST_CODE || content === TEST_TEXT;
}

/** Whether a scan of the test code came with the GS that it ends in. */
export function sendsGs(raw: string): boolean {
  return raw.includes(GS);
}

/** Verdicts that a scanner on a port gets for the test code instead of the bench's. */
export const testVerdicts = { right: 'scanner.test-right', withoutGs: 'scanner.test-without-gs' } as const;

export function isTestVerdict(code: string): boolean {
  return code === testVerdicts.right || code === testVerdicts.withoutGs;
}
