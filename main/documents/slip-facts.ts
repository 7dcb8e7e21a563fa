import type { PackingSlipModel } from './document.ts';
import { dateInWords } from './label-words.ts';
import { slipWords } from './slip-words.ts';

/** What a slip tells of its order beside the addresses, each with its word; nothing empty. */
export function slipFacts(shown: PackingSlipModel): { title: string; field: string; text: string }[] {
  const words = slipWords[shown.language];
  const dates = (date: string | undefined) => (date === undefined ? '' : dateInWords(date, shown.language));
  const parcels = shown.parcels.map(({ sscc, trackingNumber }) =>
    trackingNumber && trackingNumber !== sscc ? `${sscc} (${trackingNumber})` : sscc,
  );
  return [
    { title: words.order, field: 'orderNumber', text: shown.orderNumber },
    { title: words.channel, field: 'channel', text: shown.channel },
    { title: words.orderedOn, field: 'orderedOn', text: dates(shown.orderedOn) },
    { title: words.packedOn, field: 'packedOn', text: dates(shown.packedOn) },
    { title: words.parcels, field: 'parcels', text: parcels.length > 3 ? String(parcels.length) : parcels.join(', ') },
  ].filter(({ text }) => text !== '');
}
