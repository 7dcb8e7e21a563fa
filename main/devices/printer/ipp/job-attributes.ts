// The package brings no types.
/// <reference path="./ipp-encoder.d.ts" />
import type { Attribute } from 'ipp-encoder';
import { mediaNameOf } from '../../../../shared/devices/printer-media-names.ts';
import type { MediaSize } from '../../../../shared/model/media.ts';

const tags = {
  integer: 0x21,
  enum: 0x23,
  beginCollection: 0x34,
  endCollection: 0x37,
  keyword: 0x44,
  memberName: 0x4a,
} as const;
const PORTRAIT = 3;
const HUNDREDTHS_PER_MM = 100;

/**
 * The attributes with which a PDF comes out as large as it is: the media by the printer's own name where it has one for
 * this size, else by its measures, never scaled, upright. What the printer says it does not know is not sent to it.
 */
export function fitJob(media: MediaSize, supported: (name: string) => readonly string[]): Attribute[] {
  const known = supported('job-creation-attributes-supported');
  const takes = (name: string): boolean => known.length === 0 || known.includes(name);
  const scaling = supported('print-scaling-supported');
  return [
    ...mediaOf(media, supported),
    ...(takes('print-scaling') && (scaling.length === 0 || scaling.includes('none'))
      ? [{ tag: tags.keyword, name: 'print-scaling', value: 'none' }]
      : []),
    ...(takes('orientation-requested') ? [{ tag: tags.enum, name: 'orientation-requested', value: PORTRAIT }] : []),
  ];
}

function mediaOf(media: MediaSize, supported: (name: string) => readonly string[]): Attribute[] {
  const name = mediaNameOf(supported('media-supported'), media);
  if (name === undefined && supported('media-col-supported').includes('media-size')) return measured(media);
  const size = `${media.widthMm}x${media.heightMm}mm`;
  return [{ tag: tags.keyword, name: 'media', value: name ?? `custom_${size}_${size}` }];
}

/** `media-col` with a `media-size` in hundredths of a millimetre (PWG 5100.3), member by member (RFC 8010, 3.1.6). */
function measured({ widthMm, heightMm }: MediaSize): Attribute[] {
  const member = (name: string): Attribute => ({ tag: tags.memberName, name: '', value: name });
  const measure = (mm: number): Attribute => ({
    tag: tags.integer,
    name: '',
    value: Math.round(mm * HUNDREDTHS_PER_MM),
  });
  const begin = (name: string): Attribute => ({ tag: tags.beginCollection, name, value: '' });
  const end: Attribute = { tag: tags.endCollection, name: '', value: '' };
  return [
    ...[begin('media-col'), member('media-size'), begin('')],
    ...[member('x-dimension'), measure(widthMm), member('y-dimension'), measure(heightMm)],
    ...[end, end],
  ];
}
