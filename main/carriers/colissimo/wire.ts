import { z } from 'zod';

/** One message of SLS; `id` 0 says that all is well. */
const SlsMessage = z.object({ id: z.coerce.string(), type: z.string(), messageContent: z.string().nullable() });
const Messages = z.array(SlsMessage);
export type SlsMessage = z.infer<typeof SlsMessage>;

/** What `checkGenerateLabel` answers, and every refusal that comes without a file. */
export const MessagesAnswer = z.object({ messages: Messages });

/** Part `jsonInfos` of `generateLabel`. */
export const LabelAnswer = z.object({
  messages: Messages,
  labelV2Response: z
    .object({
      parcelNumber: z.string(),
      /** 28 characters of the GeoPost barcode and its check character; missing abroad. */
      parcelNumberPartner: z.string().nullish(),
    })
    .nullish(),
});
export type LabelAnswer = z.infer<typeof LabelAnswer>;

/** Part `jsonInfos` of `generateBordereauByParcelsNumbers`. */
export const BordereauAnswer = z.object({
  messages: Messages,
  bordereauHeader: z.object({ bordereauNumber: z.coerce.string() }).nullish(),
});

export const PickupAnswer = z.object({
  errorCode: z.coerce.string(),
  errorMessage: z.string().nullish(),
  listePointRetraitAcheminement: z
    .array(
      z.object({
        identifiant: z.string(),
        nom: z.string(),
        adresse1: z.string().nullish(),
        adresse2: z.string().nullish(),
        adresse3: z.string().nullish(),
        codePostal: z.string(),
        localite: z.string(),
        codePays: z.string(),
        distanceEnMetre: z.number().nullish(),
      }),
    )
    .nullish(),
});
export type PickupAnswer = z.infer<typeof PickupAnswer>;

/** Suivi v2 of La Poste; newest event first. */
export const TrackingAnswer = z.object({
  returnCode: z.number(),
  returnMessage: z.string().nullish(),
  shipment: z
    .object({
      estimDate: z.string().nullish(),
      event: z.array(z.object({ code: z.string(), label: z.string(), date: z.string() })).default([]),
    })
    .nullish(),
});
export type TrackingAnswer = z.infer<typeof TrackingAnswer>;

/** Lines have 35 letters; `line2` is house number and street. */
export interface WireAddress {
  readonly companyName?: string;
  readonly lastName: string;
  readonly firstName?: string;
  readonly line0?: string;
  readonly line1?: string;
  readonly line2: string;
  readonly countryCode: string;
  readonly city: string;
  readonly zipCode: string;
  readonly stateOrProvinceCode?: string;
  readonly phoneNumber?: string;
  readonly mobileNumber?: string;
  readonly email?: string;
  readonly language: 'FR';
}

export interface WireArticle {
  readonly description: string;
  readonly quantity: number;
  /** Kilograms of one piece. */
  readonly weight: number;
  /** Of one piece, in units of the currency. */
  readonly value: number;
  readonly currency: string;
  readonly hsCode?: string;
  readonly originCountry?: string;
  readonly artref: string;
  readonly originalIdent?: string;
}

export interface WireCustoms {
  readonly includesCustomsDeclarations: true;
  readonly contents: {
    readonly article: readonly WireArticle[];
    readonly category: { readonly value: number };
    readonly original?: readonly { readonly originalIdent: string; readonly originalParcelNumber: string }[];
  };
  readonly invoiceNumber?: string;
}

export interface WireLabelRequest {
  readonly outputFormat: { readonly x: number; readonly y: number; readonly outputPrintingType: string };
  readonly letter: {
    readonly service: {
      readonly productCode: string;
      readonly depositDate: string;
      readonly orderNumber: string;
      readonly commercialName: string;
      /** Cents. */
      readonly totalAmount?: number;
      readonly returnTypeChoice?: number;
    };
    readonly parcel: {
      /** Kilograms, two decimals. */
      readonly weight: number;
      /** Cents. */
      readonly insuranceValue?: number;
      readonly pickupLocationId?: string;
    };
    readonly sender: { readonly senderParcelRef: string; readonly address: WireAddress };
    readonly addressee: { readonly addresseeParcelRef?: string; readonly address: WireAddress };
    readonly customsDeclarations?: WireCustoms;
  };
  readonly fields?: { readonly field: readonly { readonly key: string; readonly value: string }[] };
}
