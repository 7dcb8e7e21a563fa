import { z } from 'zod';
import { listOf, Words } from '../carrier-soap.ts';

/** Parameters of a call in the order in which the key is counted; an empty one adds nothing to it. */
export type Params = Readonly<Record<string, string>>;

/** `WSI2_CreationExpedition`: the number, the barcodes and what sorting needs. */
export const ExpeditionResult = z.object({
  STAT: z.string(),
  ExpeditionNum: Words,
  TRI_AgenceCode: Words,
  TRI_Groupe: Words,
  TRI_Navette: Words,
  TRI_Agence: Words,
  TRI_TourneeCode: Words,
  TRI_LivraisonMode: Words,
  CodesBarres: z
    .union([z.literal(''), z.object({ string: listOf(z.string()) })])
    .optional()
    .transform((codes) => (codes ? codes.string : [])),
});
export type ExpeditionResult = z.infer<typeof ExpeditionResult>;

const Point = z.object({
  ...{ Num: z.string(), LgAdr1: Words, LgAdr2: Words, LgAdr3: Words, LgAdr4: Words, CP: Words, Ville: Words },
  ...{ Pays: Words, Distance: Words },
});

/** `WSI3_PointRelais_Recherche`. */
export const PointsResult = z.object({
  STAT: z.string(),
  PointsRelais: z
    .union([z.literal(''), z.object({ PointRelais_Details: listOf(Point) })])
    .optional()
    .transform((points) => (points ? points.PointRelais_Details : [])),
});
export type PointsResult = z.infer<typeof PointsResult>;

const Step = z.object({ Libelle: Words, Date: Words, Heure: Words, Emplacement: Words });

/** `WSI2_TracingColisDetaille`: always twenty rows, the last ones empty. */
export const TracingResult = z.object({
  STAT: z.string(),
  Libelle01: Words,
  Tracing: z
    .union([z.literal(''), z.object({ ret_WSI2_sub_TracingColisDetaille: listOf(Step) })])
    .optional()
    .transform((tracing) => (tracing ? tracing.ret_WSI2_sub_TracingColisDetaille : [])),
});
export type TracingResult = z.infer<typeof TracingResult>;

/** `WSI3_GetEtiquettes`: paths of the PDF on the carrier's site, one for each size of paper. */
export const LabelsResult = z.object({ STAT: z.string(), URL_PDF_10x15: Words });
