import type { Actor } from '../../shared/model/actor.ts';
import { parseMedia } from '../../shared/model/media.ts';
import { type Deps, runUnitOfWork } from '../db/unit-of-work.ts';
import type { Documents } from '../documents/document.ts';
import { portOf, settingsFor } from '../stations/device-rules.ts';
import { printerById } from '../stations/device-service.ts';
import { printLoose } from './printing-service.ts';

export interface TestPrintDeps extends Deps {
  readonly documents: Pick<Documents, 'renderCalibrationLabel'>;
}

/** Command: prints the calibration label in the size that lies in this printer. */
export async function testPrint(deps: TestPrintDeps, actor: Actor, deviceId: string): Promise<{ jobId: string }> {
  const { commandId: _, ...looking } = actor;
  const printer = await runUnitOfWork(deps, looking, async (uow) => {
    uow.unchanged();
    return printerById(uow, deviceId);
  });
  const { media = '', dpi = 203 } = settingsFor('printer', printer.settings);
  const { bytes } = await deps.documents.renderCalibrationLabel({
    language: actor.seat?.operator?.language ?? 'en',
    media: parseMedia(media) ?? { widthMm: 101.6, heightMm: 152.4 },
    dpi,
    printer: portOf(printer.address),
    date: deps.clock().toISOString().slice(0, 10),
  });
  return printLoose(deps, actor, { kind: 'calibration', bytes, printer });
}
