import { type Carton, CartonFields } from '../../../shared/contract/packing.ts';

type Sides = Readonly<Record<keyof CartonFields['inner'], number | string>>;

/** A carton as the form holds it: grams, kilograms and money as people write them; an emptied field is text. */
export interface CartonDraft {
  readonly code: string;
  readonly title: string;
  readonly inner: Sides;
  readonly outer: Sides;
  readonly tareG: number | string;
  readonly bearsKg: number | string;
  readonly cost: number | string;
  /** Empty where nobody counts them. */
  readonly stock: number | string;
  readonly active: boolean;
}

const noSides: Sides = { lengthMm: '', widthMm: '', heightMm: '' };

/** The form of a carton, or an empty one. */
export function draftOf(carton: Carton | undefined): CartonDraft {
  if (!carton)
    return {
      code: '',
      title: '',
      inner: noSides,
      outer: noSides,
      tareG: '',
      bearsKg: '',
      cost: 0,
      stock: '',
      active: true,
    };
  const { code, title, inner, outer, tareMg, maxWeightMg, costMinor, stock, active } = carton;
  return {
    code,
    title,
    inner,
    outer,
    tareG: tareMg / 1_000,
    bearsKg: maxWeightMg / 1_000_000,
    cost: costMinor / 100,
    stock: stock ?? '',
    active,
  };
}

export type CartonField = 'code' | 'title' | 'inner' | 'outer' | 'tareMg' | 'maxWeightMg' | 'costMinor' | 'stock';

/** The carton to send, or the fields that keep it from being sent. */
export function readDraft(draft: CartonDraft): { carton?: CartonFields; wrong: ReadonlySet<string> } {
  const parsed = CartonFields.safeParse({
    code: draft.code,
    title: draft.title,
    inner: draft.inner,
    outer: draft.outer,
    tareMg: scaled(draft.tareG, 1_000),
    maxWeightMg: scaled(draft.bearsKg, 1_000_000),
    costMinor: scaled(draft.cost, 100),
    stock: draft.stock === '' ? null : draft.stock,
    active: draft.active,
  });
  if (parsed.success) return { carton: parsed.data, wrong: new Set() };
  // `inner.lengthMm` and `code`: the path as the fields are named.
  return { wrong: new Set(parsed.error.issues.map((issue) => issue.path.join('.'))) };
}

function scaled(value: number | string, factor: number): number | undefined {
  return typeof value === 'number' ? Math.round(value * factor) : undefined;
}
