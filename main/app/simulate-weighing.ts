import { simulateWeighing, type WeighingReport } from '../packing/weight-simulation-rules.ts';

/** Shares that the verdict of the scale must keep. */
export const weighingBars = { caughtRate: 0.99, falseAlarmRate: 0.005 } as const;

export interface WeighingSimulation {
  readonly seed: number;
  readonly bars: typeof weighingBars;
  /** Weights in the catalogue about right from the first day. */
  readonly goodCatalogue: WeighingReport;
  /** A third of them wrong: the station has to learn. */
  readonly wrongCatalogue: WeighingReport;
  readonly ok: boolean;
}

/** Weighs invented parcels by the model of the bench; the same seed gives the same answer. */
export function runWeighingSimulation({ parcels, seed }: { parcels: number; seed: number }): WeighingSimulation {
  const goodCatalogue = simulateWeighing({ parcels, seed, wrongCatalogue: false });
  const wrongCatalogue = simulateWeighing({ parcels, seed, wrongCatalogue: true });
  const keeps = (report: WeighingReport): boolean =>
    report.caughtRate >= weighingBars.caughtRate && report.falseAlarmRate <= weighingBars.falseAlarmRate;
  return { seed, bars: weighingBars, goodCatalogue, wrongCatalogue, ok: keeps(goodCatalogue) && keeps(wrongCatalogue) };
}
