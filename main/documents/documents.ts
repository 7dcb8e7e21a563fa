import { renderCalibrationLabel } from './calibration-label.ts';
import { renderCodesSheet } from './codes-sheet.ts';
import { renderCommercialInvoice } from './customs-commercial.ts';
import { renderCustomsForm } from './customs-form.ts';
import type { CarrierFile, CarrierFileProof, Documents } from './document.ts';
import { renderInvoice } from './invoice.ts';
import { renderLabel } from './label.ts';
import { renderManifest } from './manifest.ts';
import { renderPackingSlip } from './packing-slip.ts';
import { renderPickList } from './pick-list.ts';
import { openProof, type Proof } from './proof.ts';
import { renderScannerSheet } from './scanner-sheet.ts';

async function proveCarrierFile(proof: Proof, file: CarrierFile): Promise<CarrierFileProof> {
  const { pages, problems, pdf } = await proof.examineLabelFile(file);
  if (problems.length > 0 || !pdf) return { ok: false, problems };
  return { ok: true, symbols: pages.flatMap(({ symbols }) => symbols), pdf, media: file.media };
}

/**
 * The papers of a station, drawn by pdfkit and proved by pdfium and zxing.
 *
 * The proof is opened with the first paper that is read back; `close` ends its thread.
 */
export function createDocuments(): Documents {
  let proof: Proof | undefined;
  const opened = (): Proof => {
    proof ??= openProof();
    return proof;
  };
  return {
    renderLabel,
    renderPackingSlip,
    renderCodesSheet,
    renderPickList,
    renderManifest,
    renderScannerSheet,
    renderCalibrationLabel,
    renderInvoice: (model) => renderInvoice(model),
    renderCommercialInvoice: (model) => renderCommercialInvoice(model),
    renderCustomsForm: (model) => renderCustomsForm(model),
    proveLabel: (rendered) => opened().proveLabel(rendered),
    readBack: (bytes, options) => opened().readBack(bytes, options),
    examineLabelFile: (file) => opened().examineLabelFile(file),
    proveCarrierFile: (file) => proveCarrierFile(opened(), file),
    close: async () => {
      await proof?.close();
      proof = undefined;
    },
  };
}
