import { AppError } from '../../shared/errors.ts';
import type { ScaleProtocol } from '../../shared/scale/scale-stream.ts';
import { adam } from '../devices/scale/adam/adam-parser.ts';
import { and } from '../devices/scale/and/and-parser.ts';
import { cas10 } from '../devices/scale/cas-10/cas-10-parser.ts';
import { cas22 } from '../devices/scale/cas-22/cas-22-parser.ts';
import { casPd2 } from '../devices/scale/cas-pd2/cas-pd2-parser.ts';
import { dini } from '../devices/scale/dini/dini-parser.ts';
import { fairbanksUps } from '../devices/scale/fairbanks-ups/fairbanks-ups-parser.ts';
import { kernEoc } from '../devices/scale/kern-eoc/kern-eoc-parser.ts';
import { kernSw } from '../devices/scale/kern-s-w/kern-s-w-parser.ts';
import { mtSics } from '../devices/scale/mt-sics/mt-sics-parser.ts';
import { nciScp01 } from '../devices/scale/nci-scp01/nci-scp01-parser.ts';
import { nciScp02 } from '../devices/scale/nci-scp02/nci-scp02-parser.ts';
import { nciScp12 } from '../devices/scale/nci-scp12/nci-scp12-parser.ts';
import { ohaus } from '../devices/scale/ohaus/ohaus-parser.ts';
import { radwag } from '../devices/scale/radwag/radwag-parser.ts';
import { stNt } from '../devices/scale/st-nt/st-nt-parser.ts';
import { sterling7600 } from '../devices/scale/sterling-7600/sterling-7600-parser.ts';
import { stxA } from '../devices/scale/stx-a/stx-a-parser.ts';
import { toledo8217 } from '../devices/scale/toledo-8217/toledo-8217-parser.ts';
import { toledoContinuous } from '../devices/scale/toledo-continuous/toledo-continuous-parser.ts';
import { usbHid } from '../devices/scale/usb-hid/usb-hid-parser.ts';

/** Every scale protocol, in the order that lists show them. */
export const scaleProtocols: readonly ScaleProtocol[] = [
  mtSics,
  toledo8217,
  nciScp01,
  nciScp02,
  nciScp12,
  fairbanksUps,
  cas22,
  cas10,
  casPd2,
  and,
  ohaus,
  kernSw,
  kernEoc,
  radwag,
  dini,
  adam,
  toledoContinuous,
  sterling7600,
  stNt,
  stxA,
  usbHid,
];

/** @throws AppError `scale.unknown-protocol` */
export function getScaleProtocol(name: string): ScaleProtocol {
  const protocol = scaleProtocols.find((candidate) => candidate.name === name);
  if (!protocol)
    throw new AppError('validation', 'scale.unknown-protocol', {
      protocol: name,
      known: scaleProtocols.map((known) => known.name).join(', '),
    });
  return protocol;
}
