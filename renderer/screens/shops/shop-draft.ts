import type { CallInput } from '../../../shared/contract/index.ts';
import type { CarrierName, ShopKind, ShopView } from '../../../shared/contract/shops.ts';

/** A shop as the form holds it; texts as they are typed. */
export interface ShopDraft {
  readonly title: string;
  readonly values: Readonly<Record<string, string>>;
  readonly active: boolean;
  readonly pushShipments: boolean;
  readonly pushStock: boolean;
  readonly carriers: readonly CarrierName[];
}

/** A new shop of a kind, with the kind's own defaults. Stock is told only where somebody asks for it. */
export function emptyShop(kind: ShopKind): ShopDraft {
  return {
    title: kind.title,
    values: Object.fromEntries(kind.fields.map((field) => [field.name, field.default ?? ''])),
    active: true,
    pushShipments: true,
    pushStock: false,
    carriers: [],
  };
}

/** What is stored, with empty fields for secrets: they never come back. */
export function draftOf({ title, config, active, pushShipments, pushStock, carriers }: ShopView): ShopDraft {
  return { title, values: config, active, pushShipments, pushStock, carriers };
}

type Save = CallInput<'shops.save-shop'>;

export interface ReadDraft {
  /** Names of the fields that are wrong. */
  readonly wrong: ReadonlySet<string>;
  readonly fields: Omit<Save, 'id' | 'expectedVersion'> | undefined;
}

/** Reads the form; a secret that was stored before may stay empty. */
export function readDraft(draft: ShopDraft, kind: ShopKind, stored: readonly string[]): ReadDraft {
  const wrong = new Set<string>();
  const value = (name: string): string => (draft.values[name] ?? '').trim();
  if (draft.title.trim() === '') wrong.add('title');
  for (const field of kind.fields) {
    const kept = field.kind === 'secret' && stored.includes(field.name);
    if (field.required && value(field.name) === '' && !kept) wrong.add(field.name);
    if (field.kind === 'url' && value(field.name) !== '' && !URL.canParse(value(field.name))) wrong.add(field.name);
  }
  if (wrong.size > 0) return { wrong, fields: undefined };
  const of = (secret: boolean): Record<string, string> =>
    Object.fromEntries(
      kind.fields
        .filter((field) => (field.kind === 'secret') === secret && value(field.name) !== '')
        .map(({ name }) => [name, value(name)]),
    );
  const { active, pushShipments, pushStock } = draft;
  const carriers = draft.carriers.filter(({ ours, code }) => ours.trim() !== '' && code !== '');
  return {
    wrong,
    fields: {
      connector: kind.name,
      title: draft.title.trim(),
      config: of(false),
      secrets: of(true),
      ...{ active, pushShipments, pushStock, carriers },
    },
  };
}
