import type { CommandScan } from '../../shared/barcode/scan-result.ts';
import { reasonsFor } from '../../shared/model/reasons.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { leaveOrder, orderById } from '../orders/orders-service.ts';
import { parcelById, setClosing } from '../packing/packing-service.ts';
import { leaveParcels, undoLastScan } from '../packing/parcel-units-service.ts';
import { answerPrint, printAgain } from '../printing/printing-service.ts';
import { askForLabels, reprint, retryLabels } from '../shipping/shipping-service.ts';
import type { PackScene, stepOf } from './bench-rules.ts';
import { pendingText } from './pending-rules.ts';
import { askedPrint } from './print-question-rules.ts';
import { enterByHand, typeDigit } from './scan-by-hand-service.ts';
import { confirmRead } from './scan-instructions-service.ts';
import { bad, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import { closePresent, startMove, takeParcelCard } from './scan-parcels-service.ts';
import { dropPending, quantityOf, setQuantity, spendQuantity, takesBack } from './scan-quantity-service.ts';
import { scanCarton, type WeightNow, weighParcel } from './scan-weigh-service.ts';
import { typedGrams } from './weigh-view-rules.ts';

export interface PackCommand {
  readonly scan: CommandScan;
  readonly step: ReturnType<typeof stepOf>;
  readonly weight: WeightNow;
}

/** Step: a command card while a parcel is open, closed or labelled at this bench. */
export async function commandPack(uow: UnitOfWork, scene: PackScene, command: PackCommand): Promise<ScanOutcome> {
  const { scan, step } = command;
  const waits = step === 'reason' || step === 'move-item' || quantityOf(scene) !== null || typedGrams(scene) !== null;
  if (waits && takesBack(scan.name)) return dropPending(uow, scene);
  if (step === 'reason') return takeReason(uow, scene, scan);
  const outcome =
    scene.parcel.state === 'open' ? await whileOpen(uow, scene, command) : await afterwards(uow, scene, command);
  return spendQuantity(scene, outcome);
}

async function whileOpen(uow: UnitOfWork, scene: PackScene, command: PackCommand): Promise<ScanOutcome> {
  const { scan, step } = command;
  switch (scan.name) {
    case 'digit':
      if (step !== 'weigh') return bad('command.not-here');
      return typeDigit(uow, scene, { digit: scan.argument ?? '', weight: command.weight });
    case 'confirm':
    case 'yes':
      if (step === 'weigh') return enterByHand(uow, scene, command.weight);
      return step === 'instructions' ? confirmRead(uow, scene) : bad('command.not-here');
    case 'quantity':
      return step === 'pack-item' ? setQuantity(uow, scene, Number(scan.argument)) : bad('command.not-here');
    case 'weigh':
      return step === 'weigh' ? weighParcel(uow, scene, command.weight) : bad('command.not-here');
    case 'carton':
      return scanCarton(uow, scene, { code: scan.argument ?? '', weight: command.weight });
    case 'undo':
      return undo(uow, scene);
    case 'cancel':
      await leaveParcels(uow, await orderById(uow, scene.order.id));
      return info('pack.left', { params: { number: scene.order.number }, change: toIdle });
    case 'next-parcel':
    case 'close-parcel':
      return closePresent(uow, scene, step);
    case 'parcel':
      return takeParcelCard(uow, scene, Number(scan.argument));
    case 'move':
      return startMove(uow, scene);
    default:
      return bad('command.not-here');
  }
}

/** The last thing that was done at the open parcel: asked to close it, or scanned something into it. */
async function undo(uow: UnitOfWork, scene: PackScene): Promise<ScanOutcome> {
  if (scene.parcel.closing) {
    await setClosing(uow, scene.parcel, false);
    return info('parcel.open-again');
  }
  const undone = await undoLastScan(uow, scene.parcel.id);
  if (!undone) return bad('pack.nothing-to-undo');
  return info('pack.undone', { params: { sku: undone.skus.join(' + '), quantity: undone.quantity } });
}

/** A closed parcel stays closed: what may lie in the printer already must not get another content. */
async function afterwards(uow: UnitOfWork, scene: PackScene, { scan, step }: PackCommand): Promise<ScanOutcome> {
  const params = { number: scene.order.number };
  switch (scan.name) {
    case 'undo':
      return bad('pack.closed-already');
    case 'cancel':
      await leaveOrder(uow, scene.order.id);
      return info('pack.set-aside', { params, change: toIdle });
    case 'reprint':
      if (step === 'scan-label') {
        uow.record({ kind: 'bench.reason-asked', subject: scene.bench.stationId, data: { action: 'reprint' } });
        const change = { pending: pendingText({ kind: 'reason', action: 'reprint' }) };
        return info('label.reprint-why', { params, change, scene });
      }
      if (step === 'label-pending') {
        await askForLabels(uow, scene.parcel.id);
        return info('label.asked-again', { params, scene });
      }
      if (step !== 'label-failed') return bad('command.not-here');
      await retryLabels(uow, await parcelById(uow, scene.parcel.id));
      return info('label.asked-again', { params });
    case 'yes':
    case 'no':
      return step === 'scan-label' ? answerPrinter(uow, scene, scan.name === 'yes') : bad('command.not-here');
    default:
      return bad('command.not-here');
  }
}

/** "Did it come out?": what nobody can tell is settled by the packer, and printed once more where it did not. */
async function answerPrinter(uow: UnitOfWork, scene: PackScene, cameOut: boolean): Promise<ScanOutcome> {
  const asked = askedPrint(scene.prints ?? []);
  if (!asked || (cameOut && asked.state === 'failed')) return bad('command.not-here');
  const params = { number: scene.order.number, paper: asked.kind };
  if (asked.state === 'failed') await printAgain(uow, asked.jobId);
  else await answerPrint(uow, asked.jobId, { cameOut, again: true });
  return info(cameOut ? 'print.came-out' : 'print.prints-again', { params });
}

async function takeReason(uow: UnitOfWork, scene: PackScene, scan: CommandScan): Promise<ScanOutcome> {
  const reason = reasonsFor.reprint.find((known) => known === scan.argument);
  if (scan.name !== 'reason' || !reason) return bad('reason.needed');
  await reprint(uow, scene.parcel, reason);
  return info('label.reprinted', { params: { number: scene.order.number }, change: { pending: null }, scene });
}
