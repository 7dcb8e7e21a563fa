import type { Documents, PackingSlipModel } from '../../main/documents/document.ts';
import { createDocuments } from '../../main/documents/documents.ts';
import type { LabelModel } from '../../shared/model/label.ts';

export interface FaultyPapers {
  readonly documents: Documents;
  /** The printer's dots are worn: labels are drawn for another parcel than asked, and the proof finds out. */
  breakLabels(): void;
  /** The drawing program itself breaks down. */
  crash(): void;
  /** Papers are asked for and do not come until `release`. */
  stall(): void;
  /** Everything works again. */
  repair(): void;
  /** What was drawn, in order. */
  readonly drawn: readonly LabelModel[];
  /** The packing slips, in order. */
  readonly slips: readonly PackingSlipModel[];
}

/** The real papers with faults that can be switched on. */
export function faultyPapers(): FaultyPapers {
  const real = createDocuments();
  const drawn: LabelModel[] = [];
  const slips: PackingSlipModel[] = [];
  const renderPackingSlip: Documents['renderPackingSlip'] = (model) => {
    slips.push(model);
    return real.renderPackingSlip(model);
  };
  let fault: 'none' | 'broken' | 'crash' = 'none';
  let gate = Promise.resolve();
  let open = (): void => undefined;
  const renderLabel: Documents['renderLabel'] = async (model) => {
    await gate;
    if (fault === 'crash') throw new TypeError('Cannot read properties of undefined (reading "width")');
    const right = await real.renderLabel(model);
    drawn.push(model);
    if (fault === 'none') return right;
    const other = model.profile === 'gs1-logistic' ? { ...model, sscc: '106141412345678908' } : model;
    return { ...right, bytes: (await real.renderLabel(other)).bytes };
  };
  return {
    documents: { ...real, renderLabel, renderPackingSlip },
    drawn,
    slips,
    breakLabels: () => {
      fault = 'broken';
    },
    crash: () => {
      fault = 'crash';
    },
    stall: () => {
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    repair: () => {
      fault = 'none';
      gate = Promise.resolve();
      open();
    },
  };
}
