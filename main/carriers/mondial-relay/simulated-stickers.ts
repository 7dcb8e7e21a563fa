import type { SimulatedCall, SimulatedReply, SimulatorDeps } from '../carrier-simulator.ts';
import type { XmlNode } from '../carrier-soap.ts';
import { modeOf } from './modes.ts';
import { securityOf } from './sign.ts';
import { RELAY_SANDBOX } from './simulated-checks.ts';
import type { Params } from './wire.ts';

/** A shipment whose label may be fetched as a PDF. */
export interface Stickered {
  readonly number: string;
  /** What its only symbol carries. */
  readonly code: string;
  readonly params: Params;
}

const crcOf = (expedition: string): string => securityOf({ expedition }, RELAY_SANDBOX.privateKey);

/** `WSI3_GetEtiquettes`: where the label lies; STAT 24 for a number that nobody gave. */
export function stickersOf(sold: readonly Stickered[], { Expeditions = '' }: Params): XmlNode {
  if (!sold.some(({ number }) => number === Expeditions)) return { STAT: '24', URL_PDF_10x15: '' };
  const path = '/ww2/PDF/StickerMaker2.aspx?ens=BDTEST13';
  const url = (format: string): string =>
    `${path}&expedition=${Expeditions}&lg=FR&format=${format}&crc=${crcOf(Expeditions)}`;
  return { STAT: '0', URL_PDF_A4: url('A4'), URL_PDF_A5: url('A5'), URL_PDF_10x15: url('10x15') };
}

/** The PDF itself, for whoever has the address with its `crc`. */
export async function drawSticker(
  deps: SimulatorDeps,
  sold: readonly Stickered[],
  { url }: SimulatedCall,
): Promise<SimulatedReply> {
  const expedition = url.searchParams.get('expedition') ?? '';
  const found = sold.find(({ number }) => number === expedition);
  if (!found || url.searchParams.get('crc') !== crcOf(expedition)) return { status: 404, body: 'Not found' };
  const { params, code } = found;
  const part = (name: string): string => params[name] ?? '';
  const address = (prefix: 'Expe' | 'Dest') => ({
    name: part(`${prefix}_Ad1`),
    street1: part(`${prefix}_Ad3`),
    ...{ postcode: part(`${prefix}_CP`), city: part(`${prefix}_Ville`), country: part(`${prefix}_Pays`) },
  });
  const body = await deps.drawLabel({
    carrier: 'Mondial Relay',
    service: modeOf(part('ModeLiv'))?.title ?? part('ModeLiv'),
    from: address('Expe'),
    to: address('Dest'),
    trackingNumber: found.number,
    symbols: [{ kind: 'code128', text: code }],
    media: '100x150',
    dpi: 203,
    file: 'pdf',
  });
  return { headers: { 'content-type': 'application/pdf' }, body };
}
