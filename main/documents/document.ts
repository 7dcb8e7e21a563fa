import type { Address } from '../../shared/model/address.ts';
import type { CommercialInvoice, CustomsDeclaration } from '../../shared/model/customs.ts';
import type { InvoiceModel } from '../../shared/model/invoice.ts';
import type { LabelDpi, LabelModel } from '../../shared/model/label.ts';
import type { MediaSize } from '../../shared/model/media.ts';
import type { SheetFamily } from '../../shared/scanner/sheet-families.ts';

export type Language = 'en' | 'fr';

/** A rectangle on a page, in mm from its top left corner. */
export interface Box {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** A symbol that must read back from a page that we drew. */
export interface ExpectedSymbol {
  /** 1 for the first page. */
  readonly page: number;
  /** ISO/IEC 15424 identifier, e.g. `]C1` for GS1-128. */
  readonly symbology: string;
  /** What a scanner sends without the identifier; FNC1 as separator is `\x1d`. */
  readonly text: string;
  readonly shape: 'linear' | 'matrix';
  /** Bars or modules, without quiet zones. */
  readonly at: Box;
  /** Width of one module. */
  readonly moduleMm: number;
  /** White modules needed left and right of bars, all round a matrix. */
  readonly quietModules: number;
  /** Least height of the bars; 0 for a matrix. */
  readonly minHeightMm: number;
}

export interface RenderedDocument {
  readonly bytes: Uint8Array;
  readonly media: { readonly widthMm: number; readonly heightMm: number };
  readonly dpi: LabelDpi;
  readonly pages: number;
  readonly symbols: readonly ExpectedSymbol[];
  /** Fields of the model whose letters the font has not: printed with the nearest ones (ǒ as o). */
  readonly transliterated: readonly string[];
}

/** What bars look like on the printer's dot grid (the geometry part of ISO/IEC 15416). */
export interface LinearGeometry {
  readonly moduleMm: number;
  readonly heightMm: number;
  readonly quietLeftModules: number;
  readonly quietRightModules: number;
  /** 0 to 1, the worst character. */
  readonly decodability: number;
  readonly grade: 'A' | 'B' | 'C' | 'D' | 'F';
  /** Mean growth of the dark bars in modules; below 0 they are thinned. */
  readonly barGain: number;
}

export interface SymbolReading {
  readonly symbology: string;
  readonly text: string;
  readonly at: Box;
  /** Width of one module, measured; null for bars of other symbologies and for MaxiCode. */
  readonly moduleMm: number | null;
  /** Measured on Code 128, GS1-128 and Interleaved 2 of 5; null for the others. */
  readonly geometry: LinearGeometry | null;
  /** Share of the error correction that a matrix symbol still has, 1 when undamaged; null where unknown. */
  readonly correctionLeft: number | null;
}

export interface PageReading {
  readonly page: number;
  readonly widthMm: number;
  readonly heightMm: number;
  /** The page's text layer. */
  readonly text: string;
  readonly symbols: readonly SymbolReading[];
  /** Something is printed on the outermost dots: a page that was shifted or cut. */
  readonly inkAtEdge: boolean;
}

export interface ReadBackOptions {
  readonly dpi: LabelDpi;
  /** `bilevel` is what a thermal printer burns, `grey` what an office printer or a screen shows. */
  readonly format: 'bilevel' | 'grey';
}

/** Why a label must not be used; `details` names the symbol and the measures. */
export interface LabelProblem {
  readonly code: LabelProblemCode;
  readonly details: Readonly<Record<string, string | number>>;
}

export type LabelProblemCode =
  | 'proof.unreadable-document'
  | 'proof.page-count'
  | 'proof.page-size'
  | 'proof.symbol-missing'
  | 'proof.symbol-wrong'
  | 'proof.symbol-unexpected'
  | 'proof.symbol-misplaced'
  | 'proof.symbol-damaged'
  | 'proof.module-width'
  | 'proof.bar-height'
  | 'proof.bar-gain'
  | 'proof.decodability'
  | 'proof.quiet-zone'
  | 'proof.overlap'
  /** The bytes are not the kind of file that was said: a page of HTML instead of a label. */
  | 'proof.wrong-format'
  /** Drawn for a printer of another resolution. */
  | 'proof.resolution'
  /** A picture whose symbols are not black and white. */
  | 'proof.grey'
  | 'proof.no-symbol'
  | 'proof.content-cut'
  | 'proof.tracking-missing'
  | 'proof.tracking-other';

export type LabelProof =
  | { readonly ok: true; readonly symbols: readonly SymbolReading[] }
  | { readonly ok: false; readonly problems: readonly LabelProblem[] };

export type LabelFileFormat = 'pdf' | 'png' | 'zpl';

/** A label that somebody else made, and what is known of it. */
export interface LabelFile {
  readonly bytes: Uint8Array;
  /** What it was said to be; its first bytes tell where this is missing. */
  readonly format?: LabelFileFormat;
  /** What it is printed on; without it any size will do. */
  readonly media?: MediaSize;
  readonly dpi: LabelDpi;
  /** As printed or scanned; blanks and routing in front do not matter. */
  readonly trackingNumber?: string;
  /** Texts that a scanner may send for this very parcel, beside its number. */
  readonly scanTexts?: readonly string[];
  /** The carrier sorts by a MaxiCode, so that one must be there. */
  readonly expectMaxicode?: boolean;
}

/** A label that a carrier sold, with everything that it must be held against. */
export interface CarrierFile extends LabelFile {
  readonly format: LabelFileFormat;
  readonly media: MediaSize;
  readonly trackingNumber: string;
  readonly scanTexts: readonly string[];
}

/** What can be seen on a label of somebody else; without problems it may be printed. */
export interface LabelExamination {
  /** By its first bytes; null for what is no label at all. */
  readonly format: LabelFileFormat | null;
  readonly pages: readonly PageReading[];
  readonly problems: readonly LabelProblem[];
  /** The page as it is printed, dot for dot: a PDF's own bytes, pictures and ZPL on a page of the media. */
  readonly pdf: Uint8Array | null;
}

export type CarrierFileProof =
  | {
      readonly ok: true;
      readonly symbols: readonly SymbolReading[];
      /** For screens and for printers that take no ZPL. */
      readonly pdf: Uint8Array;
      readonly media: MediaSize;
    }
  | { readonly ok: false; readonly problems: readonly LabelProblem[] };

export interface SlipLine {
  readonly sku: string;
  readonly gtin?: string;
  readonly title: string;
  readonly ordered: number;
  readonly packed: number;
  readonly backOrdered: number;
  readonly lots: readonly string[];
  readonly serials: readonly string[];
  /** SKU of what the buyer ordered, where this is sent instead. */
  readonly replaces?: string;
}

/** How the buyer sends goods back; the caller computes the dates from policy and promised delivery. */
export interface SlipReturns {
  readonly rma: string;
  /** Last day to tell us, `YYYY-MM-DD`. */
  readonly noticeBy: string;
  /** Last day to hand the parcel to the carrier. */
  readonly sendBy: string;
  readonly address: Address;
  readonly whoPays: 'seller' | 'buyer';
  /** A prepaid return label lies in the box. */
  readonly labelInBox: boolean;
  /** Where the right of withdrawal can be used online. */
  readonly withdrawalUrl?: string;
  /** Law whose notice is printed: the French code, the directive's plain words, or none. */
  readonly law: 'fr' | 'eu' | 'none';
}

/** A packing slip shows no prices: it may travel with a gift. */
export interface PackingSlipModel {
  readonly language: Language;
  /** What lies in the printer, A4 when missing; too small to carry a slip (below 70 × 100 mm) counts as missing. */
  readonly media?: MediaSize;
  /** Of a printer for narrow media, 203 when missing. */
  readonly dpi?: LabelDpi;
  readonly company: Address & { readonly website?: string };
  readonly orderNumber: string;
  /** What the station's scanners read as this order. */
  readonly orderCode: string;
  readonly channel: string;
  readonly orderedOn?: string;
  readonly packedOn: string;
  readonly shipTo: Address;
  readonly parcels: readonly { readonly sscc: string; readonly trackingNumber?: string }[];
  readonly lines: readonly SlipLine[];
  readonly returns?: SlipReturns;
}

/** One code that the station itself issues. */
export interface SheetCode {
  readonly group: string;
  readonly title: string;
  readonly meaning: string;
  /** Code 128 data, ASCII. */
  readonly text: string;
}

export interface CodesSheetModel {
  readonly heading: string;
  readonly subheading: string;
  /** The word before page numbers, e.g. `Page`. */
  readonly pageWord: string;
  readonly codes: readonly SheetCode[];
}

/** One bin to go to: so many pieces of one item for one order. */
export interface PickListRow {
  readonly location: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  /** Place of the order's tote on the cart; null where the list is of one order. */
  readonly slot: number | null;
  readonly orderNumber: string;
  readonly tote: string | null;
}

export interface PickListModel {
  readonly language: Language;
  readonly kind: 'order' | 'run';
  /** Number of the order, or code of the walk. */
  readonly name: string;
  /** What the station's scanners read: the order's or the walk's own code. */
  readonly code: string;
  readonly zone?: string;
  readonly printedOn: string;
  readonly orders: readonly {
    readonly slot: number | null;
    readonly number: string;
    readonly tote: string | null;
    readonly units: number;
  }[];
  /** In walking order. */
  readonly rows: readonly PickListRow[];
}

export interface ManifestRow {
  readonly trackingNumber: string;
  readonly orderNumber: string;
  readonly service: string;
  readonly postcode: string;
  readonly country: string;
  readonly weightMg: number | null;
}

/** Parcels that one carrier fetches at once. */
export interface ManifestModel {
  readonly language: Language;
  /** Code 128 data as well. */
  readonly number: string;
  readonly carrier: string;
  /** The shipper's number with the carrier; empty where there is none to print. */
  readonly account: string;
  /** `YYYY-MM-DD`. */
  readonly shipDate: string;
  readonly shipper: Address;
  /** In the order in which they were scanned out. */
  readonly rows: readonly ManifestRow[];
}

/** The label that proves a printer's scale, position and darkness. */
export interface CalibrationModel {
  readonly language: Language;
  readonly media: MediaSize;
  readonly dpi: LabelDpi;
  /** As people call it. */
  readonly printer: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** The sheet by which one family of scanners is set up and checked. */
export interface ScannerSheetModel {
  readonly family: SheetFamily;
  readonly language: Language;
}

/**
 * Draws and proves the papers of a parcel.
 *
 * Drawing throws `rule` `label.text-too-long`, `label.unprintable-text`, `label.symbol-too-wide` or
 * `label.bad-code`, each with the `field`; reading throws `validation` `document.unreadable`.
 */
export interface Documents {
  renderLabel(model: LabelModel): Promise<RenderedDocument>;
  renderPackingSlip(model: PackingSlipModel): Promise<RenderedDocument>;
  renderCodesSheet(model: CodesSheetModel): Promise<RenderedDocument>;
  renderPickList(model: PickListModel): Promise<RenderedDocument>;
  renderManifest(model: ManifestModel): Promise<RenderedDocument>;
  renderScannerSheet(model: ScannerSheetModel): Promise<RenderedDocument>;
  renderCalibrationLabel(model: CalibrationModel): Promise<RenderedDocument>;
  /** PDF/A-3 with its data inside as Factur-X; `rule` `document.unprintable-letters` with the `fields`. */
  renderInvoice(model: InvoiceModel): Promise<RenderedDocument>;
  renderCommercialInvoice(model: CommercialInvoice): Promise<RenderedDocument>;
  /** CN22 or CN23 as the parcel needs; `rule` `customs.needs-cn23` where a CN22 was asked for in vain. */
  renderCustomsForm(model: CustomsDeclaration): Promise<RenderedDocument & { readonly form: 'CN22' | 'CN23' }>;
  /** Rasterises at the printer's dpi, decodes with a library that shares no code with the encoder, compares. */
  proveLabel(rendered: RenderedDocument): Promise<LabelProof>;
  readBack(bytes: Uint8Array, options: ReadBackOptions): Promise<PageReading[]>;
  /** Reads a label of somebody else as its printer burns it, and judges it. */
  examineLabelFile(file: LabelFile): Promise<LabelExamination>;
  /**
   * Holds a carrier's label against its parcel, its sheet and its printer before it is spooled; never scales it.
   *
   * What is wrong with the file is a problem, not an error.
   */
  proveCarrierFile(file: CarrierFile): Promise<CarrierFileProof>;
  close(): Promise<void>;
}
