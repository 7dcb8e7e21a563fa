import type { DeviceDraft, Protocol } from './device-draft.ts';

/** What every part of the form of a device works on. */
export interface DeviceForm {
  readonly draft: DeviceDraft;
  /** Wrong fields are marked once somebody tried to save. */
  readonly wrong: ReadonlySet<string>;
  readonly protocols: readonly Protocol[];
  set(change: Partial<DeviceDraft>): void;
}
