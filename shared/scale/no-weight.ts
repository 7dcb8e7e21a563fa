/**
 * Why a scale gives no weight now; each has its words.
 *
 * `taken`: a parcel got this load's weight, and the pan has not been empty since. `not-told`: its frames never say that a
 * weight stands still. `no-unit`: neither its frames nor its settings name the unit. `unclear`: something else of its frames
 * is missing, such as the decimal point.
 */
export const noWeights = [
  'absent',
  'silent',
  'moving',
  'empty',
  'over',
  'under',
  'taken',
  'not-told',
  'no-unit',
  'unclear',
] as const;
export type NoWeight = (typeof noWeights)[number];

/** What a scale says of itself, as far as it decides whether a weight may be taken. */
export interface ScaleSaying {
  readonly state: 'absent' | 'silent' | 'moving' | 'stable';
  readonly mg: number | null;
  readonly capture?: 'settled' | 'held' | 'taken' | 'none' | undefined;
  readonly detail?:
    | {
        readonly value: number | string | null;
        readonly unit: string | null;
        readonly stable: boolean | null;
        readonly range: 'in' | 'over' | 'under';
        readonly unclear?: boolean | undefined;
      }
    | undefined;
}

/** Why no parcel may get the weight of this scale now; undefined when one may. */
export function noWeightOf({ state, mg, capture, detail }: ScaleSaying): NoWeight | undefined {
  if (state === 'absent' || state === 'silent') return state;
  if (capture === 'taken') return 'taken';
  if (detail && detail.range !== 'in') return detail.range;
  if (detail && detail.value !== null) {
    if (detail.unit === null) return 'no-unit';
    if (detail.stable === null) return 'not-told';
    if (detail.unclear) return 'unclear';
  }
  if (state === 'moving') return 'moving';
  const free = capture === undefined || capture === 'settled' || capture === 'held';
  return free && mg !== null && mg > 0 ? undefined : 'empty';
}

const CANNOT: readonly NoWeight[] = ['absent', 'silent', 'not-told', 'no-unit', 'unclear'];

/** Whether a scale will not give a weight, however long people wait: then they may type it. */
export function cannotWeigh(why: NoWeight | 'stable' | undefined): boolean {
  return CANNOT.some((one) => one === why);
}
