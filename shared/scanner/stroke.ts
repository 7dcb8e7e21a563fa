/** One key press as the browser tells it, reduced to what a keyboard scanner's keys can differ in. */
export interface Stroke {
  /** Place of the key, as `KeyboardEvent.code`. */
  readonly code: string;
  /** What the layout makes of it, as `KeyboardEvent.key`. */
  readonly key: string;
  readonly shift: boolean;
  readonly control: boolean;
  readonly alt: boolean;
  readonly altGr?: boolean;
  readonly meta: boolean;
  readonly capsLock: boolean;
  /** True for a key that is held down; scanners never hold one. */
  readonly held: boolean;
  /** Milliseconds, as `event.timeStamp`: the time of the press, not of its handling. */
  readonly at: number;
}
