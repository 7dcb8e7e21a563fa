import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { Scene } from './bench-rules.ts';
import type { ScanOutcome } from './scan-outcome.ts';
import { overrideWeight, weightWasRefused } from './scan-weigh-service.ts';

/** Something that a bench refuses and a supervisor may let pass. */
export interface Overridable {
  /** Name in the journal and on the screen. */
  readonly action: string;
  /** Whether the bench has refused it and waits for what comes next. */
  fits(scene: Scene): boolean;
  /** Step: does it; `operatorId` is the supervisor, the packer is the actor of the unit of work. */
  run(uow: UnitOfWork, scene: Scene, by: { operatorId: string; reason: string }): Promise<ScanOutcome>;
}

/** Everything that can be let pass; another act joins by one more entry. */
export const overridables: readonly Overridable[] = [{ action: 'weight', fits: weightWasRefused, run: overrideWeight }];
