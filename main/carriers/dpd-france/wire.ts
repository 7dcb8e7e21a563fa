import { z } from 'zod';
import { listOf, Words } from '../carrier-soap.ts';

const Barcode = z.object({ BarcodeId: z.string(), BarcodeSource: Words, BarCode: z.string() });
export type Barcode = z.infer<typeof Barcode>;

const Label = z.object({ type: z.string(), label: Words });
export type Label = z.infer<typeof Label>;
const Labels = z
  .union([z.literal(''), z.object({ Label: listOf(Label) })])
  .optional()
  .transform((labels) => (labels ? labels.Label : []));

/** `CreateShipmentWithLabelsBc`: one parcel, its label of type `EPRINT` or `BIC3`, and papers beside. */
export const ShipmentResult = z.object({
  shipments: z.object({ ShipmentBc: listOf(z.object({ Shipment: Barcode })) }),
  labels: Labels,
});

/** `CreateReverseInverseShipmentWithLabelsBc` writes the same with capitals. */
export const ReturnResult = z.object({ Shipment: z.object({ Shipment: Barcode }), Labels });

/** `GetLabelBc`. */
export const LabelResult = z.object({ shipment: Barcode, labels: Labels });

/** `GetShipping`: everything that was created for one day. */
export const ShippingResult = z.object({
  shippings: z
    .union([z.literal(''), z.object({ Shipping: listOf(z.object({ barcodeId: Words, reference: Words })) })])
    .optional()
    .transform((list) => (list ? list.Shipping : [])),
});

/** What a fault tells: its name and words. */
export const FaultDetail = z.object({ Error: z.object({ ErrorId: z.string(), ErrorMessage: Words }) });
