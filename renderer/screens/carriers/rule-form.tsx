import { MultiSelect, SegmentedControl, Switch, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { AccountView, ShippingRule } from '../../../shared/contract/shipping-accounts.ts';
import { channels } from '../../../shared/model/channel.ts';
import { fieldOrder } from '../../ui/choice.tsx';
import { FormActs } from '../../ui/form-acts.tsx';
import { isMessageKey } from '../../ui/message-key.ts';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { draftOfRule, emptyRule, type RuleDraft, readRule, type Wanted } from './rule-draft.ts';
import { RuleTargets } from './rule-targets.tsx';

export interface RuleForm {
  readonly draft: RuleDraft;
  readonly wrong: ReadonlySet<string>;
  set(part: Partial<RuleDraft>): void;
}

const texts = ['minKg', 'maxKg', 'maxLongestMm', 'minValue', 'maxValue', 'promiseWithinDays'] as const;
const lists = ['countries', 'postcodes', 'methods'] as const;
const flags = ['hazardous', 'pickupPoint', 'gift'] as const;
const answers: readonly Wanted[] = ['any', 'yes', 'no'];

function Lists({ form }: { form: RuleForm }): ReactNode {
  const { t } = useMessages();
  return (
    <>
      {lists.map((name) => (
        <TagsInput
          key={name}
          size="lg"
          inputWrapperOrder={fieldOrder}
          label={t(`rule.${name}`)}
          description={t(`rule.${name}.text`)}
          error={form.wrong.has(name) ? t('rule.wrong') : undefined}
          value={[...form.draft[name]]}
          onChange={(value) => form.set({ [name]: value })}
        />
      ))}
      <MultiSelect
        size="lg"
        inputWrapperOrder={fieldOrder}
        label={t('rule.channels')}
        data={channels.map((value) => {
          const key = `channel.${value}`;
          return { value, label: isMessageKey(key) ? t(key) : value };
        })}
        value={[...form.draft.channels]}
        onChange={(value) => form.set({ channels: value })}
      />
    </>
  );
}

function Limits({ form }: { form: RuleForm }): ReactNode {
  const { t } = useMessages();
  return texts.map((name) => (
    <TextInput
      key={name}
      size="lg"
      inputMode="decimal"
      label={t(`rule.${name}`)}
      error={form.wrong.has(name) ? t('rule.wrong') : undefined}
      value={form.draft[name]}
      onChange={(event) => form.set({ [name]: event.currentTarget.value })}
    />
  ));
}

function Flags({ form }: { form: RuleForm }): ReactNode {
  const { t } = useMessages();
  return flags.map((name) => (
    <div key={name}>
      <p className={classes.legend}>{t(`rule.${name}`)}</p>
      <SegmentedControl
        size="md"
        aria-label={t(`rule.${name}`)}
        value={form.draft[name]}
        data={answers.map((value) => ({ value, label: t(`rule.wanted.${value}`) }))}
        onChange={(value) => form.set({ [name]: answers.find((answer) => answer === value) ?? 'any' })}
      />
    </div>
  ));
}

function Head({ form }: { form: RuleForm }): ReactNode {
  const { t } = useMessages();
  const { draft } = form;
  return (
    <div className={classes.fields}>
      <TextInput
        size="lg"
        label={t('rule.title')}
        error={form.wrong.has('title') ? t('carrier.wrong.needed') : undefined}
        value={draft.title}
        onChange={(event) => form.set({ title: event.currentTarget.value })}
      />
      <div>
        <p className={classes.legend}>{t('rule.direction')}</p>
        <SegmentedControl
          size="md"
          aria-label={t('rule.direction')}
          value={draft.direction}
          data={(['outbound', 'return'] as const).map((value) => ({ value, label: t(`rule.direction.${value}`) }))}
          onChange={(value) => form.set({ direction: value === 'return' ? 'return' : 'outbound' })}
        />
      </div>
      <Switch
        size="lg"
        className={classes.switch ?? ''}
        label={t('rule.active')}
        checked={draft.active}
        onChange={(event) => form.set({ active: event.currentTarget.checked })}
      />
    </div>
  );
}

export interface RuleFormProps {
  /** Nothing for a new one. */
  readonly rule: ShippingRule | undefined;
  readonly accounts: readonly AccountView[];
  onDone(rule: Omit<ShippingRule, 'id'>): void;
  onClose(): void;
}

/** One rule: what it asks of a parcel, and what such a parcel goes with. Empty conditions do not matter. */
export function RuleFormPanel({ rule, accounts, onDone, onClose }: RuleFormProps): ReactNode {
  const { t } = useMessages();
  const [draft, setDraft] = useState<RuleDraft>(() => (rule ? draftOfRule(rule) : emptyRule));
  const [tried, setTried] = useState(false);
  const read = readRule(draft);
  const form: RuleForm = {
    draft,
    wrong: tried ? read.wrong : new Set(),
    set: (part) => setDraft((before) => ({ ...before, ...part })),
  };
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (read.rule) onDone(read.rule);
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-label={t('rule.form')}>
      <Head form={form} />
      <fieldset className={classes.group}>
        <legend>{t('rule.when')}</legend>
        <div className={classes.fields}>
          <Lists form={form} />
          <Limits form={form} />
          <Flags form={form} />
        </div>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t('rule.then')}</legend>
        <RuleTargets form={form} accounts={accounts} />
      </fieldset>
      <FormActs submit={t('rule.take')} busy={false} wrong={form.wrong.size} onClose={onClose} />
    </form>
  );
}
