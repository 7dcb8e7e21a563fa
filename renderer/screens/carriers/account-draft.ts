import type { CallInput } from '../../../shared/contract/index.ts';
import type { AccountView, ConnectorView } from '../../../shared/contract/shipping-accounts.ts';

/** An account as the form holds it; texts as they are typed. */
export interface AccountDraft {
  readonly connector: string;
  readonly title: string;
  readonly values: Readonly<Record<string, string>>;
  readonly cutOff: string;
  readonly timeZone: string;
  readonly approved: boolean;
  readonly active: boolean;
}

/** A new account of a connector, with the connector's own defaults. */
export function emptyAccount(connector: ConnectorView, timeZone: string): AccountDraft {
  return {
    connector: connector.name,
    title: connector.title,
    values: Object.fromEntries(connector.fields.map((field) => [field.name, field.default ?? ''])),
    cutOff: '',
    timeZone,
    approved: false,
    active: true,
  };
}

/** What is stored, with empty fields for secrets: they never come back. */
export function draftOf(account: AccountView): AccountDraft {
  const { connector, title, config, cutOff, timeZone, approved, active } = account;
  return { connector, title, values: config, cutOff: cutOff ?? '', timeZone, approved, active };
}

type Save = CallInput<'shipping.save-account'>;

export interface ReadAccount {
  /** Names of the fields that are wrong. */
  readonly wrong: ReadonlySet<string>;
  readonly fields: Omit<Save, 'id' | 'expectedVersion'> | undefined;
}

const CUT_OFF = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Reads the form; a secret that was stored before may stay empty. */
export function readAccount(draft: AccountDraft, connector: ConnectorView, stored: readonly string[]): ReadAccount {
  const wrong = new Set<string>();
  const value = (name: string): string => (draft.values[name] ?? '').trim();
  if (draft.title.trim() === '') wrong.add('title');
  if (draft.cutOff !== '' && !CUT_OFF.test(draft.cutOff)) wrong.add('cutOff');
  for (const { name, required, kind } of connector.fields) {
    const kept = kind === 'secret' && stored.includes(name);
    if (required && value(name) === '' && !kept) wrong.add(name);
    if (kind === 'url' && value(name) !== '' && !URL.canParse(value(name))) wrong.add(name);
  }
  if (wrong.size > 0) return { wrong, fields: undefined };
  const of = (secret: boolean): Record<string, string> =>
    Object.fromEntries(
      connector.fields
        .filter(({ kind, name }) => (kind === 'secret') === secret && (!secret || value(name) !== ''))
        .map(({ name }) => [name, value(name)]),
    );
  return {
    wrong,
    fields: {
      connector: draft.connector,
      title: draft.title.trim(),
      config: of(false),
      secrets: of(true),
      approved: draft.approved,
      active: draft.active,
      cutOff: draft.cutOff === '' ? null : draft.cutOff,
      timeZone: draft.timeZone,
    },
  };
}
