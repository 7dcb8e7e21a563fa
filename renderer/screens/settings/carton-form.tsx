import { Button, NumberInput, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Carton } from '../../../shared/contract/packing.ts';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import type { MessageKey } from '../../ui/message-key.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './carton-form.module.css';
import { type CartonDraft, draftOf, readDraft } from './cartons-form-rules.ts';

interface FormState {
  readonly draft: CartonDraft;
  /** Wrong fields are marked once somebody tried to save. */
  readonly wrong: ReadonlySet<string>;
  set(change: Partial<CartonDraft>): void;
}

interface AmountProps {
  readonly label: string;
  readonly value: number | string;
  readonly wrong: string | undefined;
  readonly decimals?: number;
  readonly description?: string;
  onChange(value: number | string): void;
}

function Amount({ label, value, wrong, decimals = 0, description, onChange }: AmountProps): ReactNode {
  const { language } = useMessages();
  return (
    <NumberInput
      label={label}
      description={description}
      value={value}
      error={wrong}
      hideControls
      allowDecimal={decimals > 0}
      decimalScale={decimals}
      decimalSeparator={language === 'fr' ? ',' : '.'}
      allowedDecimalSeparators={['.', ',']}
      onChange={onChange}
    />
  );
}

const sideNames = [
  ['lengthMm', 'cartons.length'],
  ['widthMm', 'cartons.width'],
  ['heightMm', 'cartons.height'],
] as const satisfies readonly (readonly [keyof CartonDraft['inner'], MessageKey])[];

function Sides({ form, name }: { form: FormState; name: 'inner' | 'outer' }): ReactNode {
  const { t } = useMessages();
  return (
    <fieldset className={classes.sides}>
      <legend>{t(name === 'inner' ? 'cartons.inner' : 'cartons.outer')}</legend>
      {sideNames.map(([side, title]) => (
        <Amount
          key={side}
          label={t(title)}
          value={form.draft[name][side]}
          wrong={form.wrong.has(`${name}.${side}`) ? t('cartons.wrong.side') : undefined}
          onChange={(value) => form.set({ [name]: { ...form.draft[name], [side]: value } })}
        />
      ))}
    </fieldset>
  );
}

function Names({ form }: { form: FormState }): ReactNode {
  const { t } = useMessages();
  const { draft, wrong } = form;
  return (
    <>
      <TextInput
        label={t('cartons.code')}
        value={draft.code}
        error={wrong.has('code') ? t('cartons.wrong.code') : undefined}
        onChange={(event) => form.set({ code: event.currentTarget.value.toUpperCase() })}
      />
      <TextInput
        label={t('cartons.name')}
        value={draft.title}
        error={wrong.has('title') ? t('cartons.wrong.title') : undefined}
        onChange={(event) => form.set({ title: event.currentTarget.value })}
      />
    </>
  );
}

function Amounts({ form }: { form: FormState }): ReactNode {
  const { t } = useMessages();
  const { draft, wrong } = form;
  const fault = (name: string): string | undefined => (wrong.has(name) ? t('cartons.wrong.weight') : undefined);
  return (
    <div className={classes.amounts}>
      <Amount
        label={t('cartons.tare')}
        value={draft.tareG}
        wrong={fault('tareMg')}
        decimals={1}
        onChange={(tareG) => form.set({ tareG })}
      />
      <Amount
        label={t('cartons.bears')}
        value={draft.bearsKg}
        wrong={fault('maxWeightMg')}
        decimals={3}
        onChange={(bearsKg) => form.set({ bearsKg })}
      />
      <Amount
        label={t('cartons.cost')}
        value={draft.cost}
        wrong={fault('costMinor')}
        decimals={2}
        onChange={(cost) => form.set({ cost })}
      />
      <Amount
        label={t('cartons.stock')}
        description={t('cartons.stock.text')}
        value={draft.stock}
        wrong={wrong.has('stock') ? t('cartons.wrong.whole') : undefined}
        onChange={(stock) => form.set({ stock })}
      />
    </div>
  );
}

export interface CartonFormProps {
  /** Nothing for a new one. */
  readonly carton: Carton | undefined;
  onClose(): void;
}

/** Adds a kind of carton, or changes, counts and retires it; beside the list, never over it. */
export function CartonForm({ carton, onClose }: CartonFormProps): ReactNode {
  const { t } = useMessages();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(carton));
  const [tried, setTried] = useState(false);
  const save = useCommand('packing.save-carton', async () => {
    await client.invalidateQueries({ queryKey: ['packing.cartons-view'] });
    onClose();
  });
  const read = readDraft(draft);
  const form: FormState = {
    draft,
    wrong: tried ? read.wrong : new Set(),
    set: (change) => setDraft((before) => ({ ...before, ...change })),
  };
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!read.carton) return;
    const id = carton?.id ?? null;
    save.mutate({
      id,
      expectedVersion: carton?.version ?? 0,
      stockRead: carton?.stock ?? null,
      carton: read.carton,
    });
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <h3 className={classes.heading}>{carton ? t('cartons.edit-of', { code: carton.code }) : t('cartons.add')}</h3>
      <Names form={form} />
      <Sides form={form} name="inner" />
      <Sides form={form} name="outer" />
      <Amounts form={form} />
      <div className={classes.wide}>
        <Switch
          label={t('cartons.active')}
          checked={draft.active}
          onChange={(event) => form.set({ active: event.currentTarget.checked })}
        />
        <Button type="submit" loading={save.isPending}>
          {t('ui.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('operators.close')}
        </Button>
        {save.error && <ErrorNotice error={save.error} />}
      </div>
    </form>
  );
}
