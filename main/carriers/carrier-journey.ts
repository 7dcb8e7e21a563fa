/** What a simulated parcel has gone through, oldest first. */
export interface JourneyStep {
  readonly at: Date;
  readonly step: 'label' | 'picked-up' | 'in-transit' | 'out-for-delivery' | 'delivered';
  readonly text: string;
}

const HOUR_MS = 3_600_000;
const STEPS: readonly { readonly afterHours: number; readonly step: JourneyStep['step']; readonly text: string }[] = [
  { afterHours: 0, step: 'label', text: 'Label created' },
  { afterHours: 6, step: 'picked-up', text: 'Taken over from the shipper' },
  { afterHours: 18, step: 'in-transit', text: 'Left the sorting centre' },
  { afterHours: 46, step: 'out-for-delivery', text: 'Out for delivery' },
  { afterHours: 50, step: 'delivered', text: 'Delivered' },
];

/** The way of a parcel of a simulated carrier from its purchase until now; two days and two hours to the door. */
export function journeyOf(boughtAt: Date, now: Date): readonly JourneyStep[] {
  return STEPS.map(({ afterHours, ...step }) => ({
    ...step,
    at: new Date(boughtAt.getTime() + afterHours * HOUR_MS),
  })).filter(({ at }) => at <= now);
}
