import type { ImportedItem } from '../../shared/model/imported.ts';
import type { Svg } from './svg.ts';

export interface Product {
  readonly sku: string;
  readonly title: string;
  readonly grams: number;
  readonly sizeMm: readonly [length: number, width: number, height: number];
  readonly priceMinor: number;
  readonly drawing: Svg;
  /** Size, volume or model, shown on a tag where the drawing itself does not tell. */
  readonly mark?: string;
}

/** Things of one kind: they look alike, lie together and are handled alike. */
export interface Family {
  readonly aisle: 'A' | 'B' | 'C' | 'D';
  readonly background: string;
  readonly appeal: number;
  /** 0 where no cases are delivered. */
  readonly unitsPerCase: number;
  readonly traits: Partial<
    Pick<
      ImportedItem,
      'fragile' | 'hazardous' | 'upright' | 'ownBox' | 'lotControlled' | 'serialControlled' | 'expiryControlled'
    >
  >;
  /** What customs and the tax office call it; the rate in hundredths of a percent where it is not the usual one. */
  readonly customs: {
    readonly hsCode: string;
    readonly origin: string;
    readonly text: string;
    readonly vatRate?: number;
  };
  readonly products: readonly Product[];
}

/** With a capital letter. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
