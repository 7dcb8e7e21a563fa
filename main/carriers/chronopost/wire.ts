import { z } from 'zod';
import { listOf, Words } from '../carrier-soap.ts';

const Answer = { errorCode: z.string(), errorMessage: Words };

/** `shippingV6`: the number, GeoPost's barcode of the same parcel, and the label as base64 (`pdfEtiquette` from V7 on). */
export const ShippingResult = z.object({
  ...Answer,
  ...{ skybillNumber: Words, skybill: Words, pdfEtiquette: Words, geoPostCodeBarre: Words },
});
export type ShippingResult = z.infer<typeof ShippingResult>;

export const CancelResult = z.object(Answer);

const Event = z.object({ code: Words, eventDate: z.string(), eventLabel: Words, officeLabel: Words });

/** `trackSkybillV2`. */
export const TrackResult = z.object({
  ...Answer,
  listEventInfoComp: z
    .union([z.literal(''), z.object({ events: listOf(Event) })])
    .optional()
    .transform((list) => (list ? list.events : [])),
});
export type TrackResult = z.infer<typeof TrackResult>;

const Point = z.object({
  ...{ identifiant: z.string(), nom: Words, adresse1: Words, adresse2: Words, adresse3: Words },
  ...{ codePostal: Words, localite: Words, codePays: Words, distanceEnMetre: Words },
});

/** `recherchePointChronopost`. */
export const PointsResult = z.object({ ...Answer, listePointRelais: listOf(Point) });
export type PointsResult = z.infer<typeof PointsResult>;
