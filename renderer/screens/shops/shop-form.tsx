import { Switch, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { ShopKind, ShopView } from '../../../shared/contract/shops.ts';
import { useCommand } from '../../station/use-command.ts';
import { fieldOrder } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FormActs } from '../../ui/form-acts.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { KindFacts } from './kind-facts.tsx';
import { ShopCarriers } from './shop-carriers.tsx';
import { draftOf, emptyShop, readDraft, type ShopDraft } from './shop-draft.ts';
import { ShopFields } from './shop-fields.tsx';

interface SwitchesProps {
  readonly draft: ShopDraft;
  readonly kind: ShopKind;
  set(part: Partial<ShopDraft>): void;
}

function Switches({ draft, kind, set }: SwitchesProps): ReactNode {
  const { t } = useMessages();
  const tellsStock = kind.abilities.some((ability) => ability.startsWith('stock-'));
  return (
    <>
      <Switch
        size="lg"
        className={classes.switch ?? ''}
        label={t('shop.active')}
        checked={draft.active}
        onChange={(event) => set({ active: event.currentTarget.checked })}
      />
      {kind.abilities.includes('confirm-shipment') && (
        <Switch
          size="lg"
          className={classes.switch ?? ''}
          label={t('shop.push-shipments')}
          description={t('shop.push-shipments.text')}
          checked={draft.pushShipments}
          onChange={(event) => set({ pushShipments: event.currentTarget.checked })}
        />
      )}
      {tellsStock && (
        <Switch
          size="lg"
          className={classes.switch ?? ''}
          label={t('shop.push-stock')}
          description={t('shop.push-stock.text')}
          checked={draft.pushStock}
          onChange={(event) => set({ pushStock: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

export interface ShopFormProps {
  readonly kind: ShopKind;
  /** Nothing for a new one. */
  readonly shop: ShopView | undefined;
  onClose(): void;
}

/** Connects a shop or changes it; secrets go in and never come back. */
export function ShopForm({ kind, shop, onClose }: ShopFormProps): ReactNode {
  const { t } = useMessages();
  const [draft, setDraft] = useState(() => (shop ? draftOf(shop) : emptyShop(kind)));
  const [tried, setTried] = useState(false);
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), []);
  const save = useCommand('shops.save-shop', onClose);
  const stored = shop?.secrets ?? [];
  const read = readDraft(draft, kind, stored);
  const wrong: ReadonlySet<string> = tried ? read.wrong : new Set();
  const set = (part: Partial<ShopDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const title = t(shop ? 'shop.change-of' : 'shop.add-of', { name: kind.title });
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (read.fields) save.mutate({ id: shop?.id ?? null, expectedVersion: shop?.version ?? 0, ...read.fields });
  }
  return (
    <form ref={place} className={classes.form} onSubmit={submit} noValidate aria-label={title}>
      <h3 className={classes.heading}>{title}</h3>
      <KindFacts kind={kind} />
      <div className={classes.fields}>
        <TextInput
          size="lg"
          inputWrapperOrder={fieldOrder}
          label={t('shop.name')}
          description={t('shop.name.text')}
          maxLength={60}
          error={wrong.has('title') ? t('carrier.wrong.needed') : undefined}
          value={draft.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <ShopFields
          fields={kind.fields}
          values={draft.values}
          wrong={wrong}
          stored={stored}
          set={(name, value) => set({ values: { ...draft.values, [name]: value } })}
        />
        <Switches draft={draft} kind={kind} set={set} />
      </div>
      {shop && kind.abilities.includes('confirm-shipment') && (
        <ShopCarriers shopId={shop.id} rows={draft.carriers} set={(carriers) => set({ carriers })} />
      )}
      <FormActs submit={t('ui.save')} busy={save.isPending} wrong={wrong.size} onClose={onClose} />
      {save.error && <ErrorNotice error={save.error} />}
    </form>
  );
}
