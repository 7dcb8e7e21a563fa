import type { LabelModel, LabelOf } from '../../../shared/model/label.ts';
import type { LabelProfileName } from '../../../shared/model/label-profiles.ts';
import type { LabelSheet } from '../label-zones.ts';
import { outboundZones } from '../outbound-label.ts';
import type { PlanItem } from '../page-plan.ts';
import { type Print, printableText } from '../printable.ts';
import { returnZones } from '../return-label.ts';
import { asciiText } from './ascii-text.ts';
import { chronopostZones } from './chronopost.ts';
import { colissimoZones } from './colissimo.ts';
import { dhlPaketZones } from './dhl-paket.ts';
import { dpdZones } from './dpd.ts';
import { mondialRelayZones } from './mondial-relay.ts';
import { s10Zones } from './upu-s10.ts';
import { uspsZones } from './usps-impb.ts';

function gs1Zones(sheet: LabelSheet<LabelOf<'gs1-logistic'>>): PlanItem[] {
  const { source, shown } = sheet;
  if (source.kind === 'return' && shown.kind === 'return') return returnZones(sheet, source, shown);
  return outboundZones(sheet);
}

type Layouts = { readonly [P in LabelProfileName]: (sheet: LabelSheet<LabelOf<P>>) => PlanItem[] };

const layouts: Layouts = {
  'gs1-logistic': gs1Zones,
  'upu-s10': s10Zones,
  'usps-impb': uspsZones,
  dpd: dpdZones,
  'dhl-paket': dhlPaketZones,
  'mondial-relay': mondialRelayZones,
  colissimo: colissimoZones,
  chronopost: chronopostZones,
};

/** Everything that stands on the label of its profile. */
export function zonesOf(sheet: LabelSheet): PlanItem[] {
  // Source and shown are the same model, so the layout of its profile takes both; TypeScript cannot follow the pair.
  const layout = layouts[sheet.source.profile] as (sheet: LabelSheet) => PlanItem[];
  return layout(sheet);
}

/** The letters that the carrier of this label can print and read. */
export function printOf(label: LabelModel): Print {
  return label.profile === 'dpd' ? asciiText : printableText;
}
