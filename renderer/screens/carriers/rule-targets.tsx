import { Button, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AccountView } from '../../../shared/contract/shipping-accounts.ts';
import { Choice } from '../../ui/choice.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import type { TargetDraft } from './rule-draft.ts';
import type { RuleForm } from './rule-form.tsx';

interface TargetProps {
  readonly target: TargetDraft;
  readonly accounts: readonly AccountView[];
  readonly form: RuleForm;
  onChange(target: TargetDraft): void;
}

function Target({ target, accounts, form, onChange }: TargetProps): ReactNode {
  const { t } = useMessages();
  const account = accounts.find(({ id }) => id === target.accountId);
  const byRates = form.draft.by !== 'service';
  const fits = (direction: string): boolean => direction === 'both' || direction === form.draft.direction;
  const services = (account?.services ?? []).filter(({ direction }) => fits(direction));
  const all = { value: '', label: t('rule.all-services') };
  return (
    <>
      <Choice
        label={t('rule.account')}
        value={target.accountId}
        options={[
          { value: '', label: t('rule.own-label') },
          ...accounts.filter(({ active }) => active).map(({ id, title }) => ({ value: id, label: title })),
        ]}
        onChange={(accountId) => onChange({ accountId, service: '' })}
      />
      {account && (
        <Choice
          label={t('rule.service')}
          value={target.service}
          error={form.wrong.has('targets') ? t('carrier.wrong.needed') : undefined}
          options={[...(byRates ? [all] : []), ...services.map(({ code, title }) => ({ value: code, label: title }))]}
          onChange={(service) => onChange({ ...target, service })}
        />
      )}
    </>
  );
}

const kinds = ['service', 'cheapest', 'fastest'] as const;

/** One service, or the cheapest or fastest of several accounts. */
export function RuleTargets({ form, accounts }: { form: RuleForm; accounts: readonly AccountView[] }): ReactNode {
  const { t } = useMessages();
  const { by, targets } = form.draft;
  const shown = by === 'service' ? targets.slice(0, 1) : targets;
  return (
    <div className={classes.stack}>
      <SegmentedControl
        size="md"
        aria-label={t('rule.then')}
        value={by}
        data={kinds.map((value) => ({ value, label: t(`rule.by.${value}`) }))}
        onChange={(value) => form.set({ by: kinds.find((kind) => kind === value) ?? 'service' })}
      />
      {shown.map((target, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: targets have no name of their own and keep their places
        <div key={index} className={classes.fields}>
          <Target
            {...{ target, accounts, form }}
            onChange={(next) => form.set({ targets: targets.map((old, at) => (at === index ? next : old)) })}
          />
          {shown.length > 1 && (
            <Button
              size="lg"
              variant="default"
              onClick={() => form.set({ targets: targets.filter((_, at) => at !== index) })}
            >
              {t('rule.drop-target')}
            </Button>
          )}
        </div>
      ))}
      {by !== 'service' && targets.length < 12 && (
        <div className={classes.acts}>
          <Button
            size="lg"
            variant="default"
            onClick={() => form.set({ targets: [...targets, { accountId: '', service: '' }] })}
          >
            {t('rule.add-target')}
          </Button>
        </div>
      )}
    </div>
  );
}
