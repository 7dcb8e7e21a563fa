import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import pageClasses from '../../ui/page.module.css';
import { Card } from '../../ui/page.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { ChoiceField, type FormFields, NumberField, SwitchField, TextField } from './setting-fields.tsx';
import { wrongSettings } from './settings-form.ts';
import classes from './settings-screen.module.css';

export interface SharedSettingsFormProps {
  readonly stored: CallOutput<'stations.settings-view'>;
  readonly mayChange: boolean;
}

function Company({ form }: { form: FormFields }): ReactNode {
  const { t } = useMessages();
  return (
    <Card title={t('settings.company')}>
      <div className={classes.fields}>
        <TextField form={form} name="companyName" />
        <TextField form={form} name="street" />
        <div className={classes.pair}>
          <TextField form={form} name="postcode" />
          <TextField form={form} name="city" />
        </div>
        <div className={classes.pair}>
          <TextField form={form} name="country" />
          <TextField form={form} name="vatNumber" />
        </div>
        <div className={classes.pair}>
          <TextField form={form} name="phone" />
          <TextField form={form} name="email" />
        </div>
        <TextField form={form} name="gs1Prefix" described />
        <TextField form={form} name="timeZone" described />
      </div>
    </Card>
  );
}

function Work({ form }: { form: FormFields }): ReactNode {
  const { t } = useMessages();
  return (
    <Card title={t('settings.work')}>
      <div className={classes.fields}>
        <ChoiceField form={form} name="defaultLanguage" options={['en', 'fr']} />
        <ChoiceField form={form} name="signIn" options={['tap', 'badge']} />
        <NumberField form={form} name="autoLockMinutes" />
        <NumberField form={form} name="handlingHours" />
        <NumberField form={form} name="purgeDays" />
      </div>
    </Card>
  );
}

function Picking({ form }: { form: FormFields }): ReactNode {
  const { t } = useMessages();
  return (
    <Card title={t('settings.picking')}>
      <div className={classes.fields}>
        <NumberField form={form} name="batchSize" />
        <ChoiceField form={form} name="shortRule" options={['hold', 'split', 'wait']} />
        <NumberField form={form} name="expiryMinDays" />
        <ChoiceField form={form} name="expiryRule" options={['warn', 'refuse']} />
      </div>
    </Card>
  );
}

function Packing({ form }: { form: FormFields }): ReactNode {
  const { t } = useMessages();
  return (
    <Card title={t('settings.packing')}>
      <div className={classes.fields}>
        <ChoiceField form={form} name="weighing" options={['required', 'off']} />
        <ChoiceField form={form} name="cartonScan" options={['required', 'suggested', 'off']} />
        <NumberField form={form} name="infillPercent" />
        <NumberField form={form} name="dunnageMgPerLitre" />
        <ChoiceField form={form} name="hazardousService" options={['refused', 'allowed']} />
        <SwitchField form={form} name="confirmInstructions" />
      </div>
    </Card>
  );
}

function Labels({ form }: { form: FormFields }): ReactNode {
  const { t } = useMessages();
  return (
    <Card title={t('settings.labels')}>
      <div className={classes.fields}>
        <ChoiceField form={form} name="labelMedia" options={['4x6', '100x150']} />
        <ChoiceField form={form} name="labelDpi" options={[203, 300]} />
        <SwitchField form={form} name="returnLabelInBox" />
        <NumberField form={form} name="returnWindowDays" />
        <ChoiceField form={form} name="returnWhoPays" options={['seller', 'buyer']} />
        <TextField form={form} name="withdrawalUrl" described />
      </div>
    </Card>
  );
}

function Invoices({ form }: { form: FormFields }): ReactNode {
  const { t } = useMessages();
  return (
    <Card title={t('settings.invoicing')}>
      <div className={classes.fields}>
        <ChoiceField form={form} name="invoices" options={['on-request', 'business', 'always']} />
        <div className={classes.pair}>
          <TextField form={form} name="invoicePrefix" />
          <NumberField form={form} name="vatRate" />
        </div>
        <div className={classes.pair}>
          <TextField form={form} name="legalForm" />
          <NumberField form={form} name="capitalMinor" />
        </div>
        <div className={classes.pair}>
          <TextField form={form} name="siret" />
          <TextField form={form} name="registry" />
        </div>
        <SwitchField form={form} name="vatFranchise" />
        <SwitchField form={form} name="vatOnDebits" />
      </div>
    </Card>
  );
}

function Customs({ form }: { form: FormFields }): ReactNode {
  const { t } = useMessages();
  return (
    <Card title={t('settings.customs')}>
      <div className={classes.fields}>
        <div className={classes.pair}>
          <TextField form={form} name="eori" />
          <TextField form={form} name="ioss" />
        </div>
        <TextField form={form} name="customsSigner" described />
        <ChoiceField form={form} name="incoterm" options={['DAP', 'DDP', 'EXW', 'FCA']} />
      </div>
    </Card>
  );
}

/** The settings that every bench shares; saved only over the version that was read. */
export function SharedSettingsForm({ stored, mayChange }: SharedSettingsFormProps): ReactNode {
  const { t } = useMessages();
  const [value, setValue] = useState(stored.settings);
  const save = useCommand('stations.save-settings');
  const wrong = wrongSettings(value);
  const form: FormFields = {
    value,
    wrong,
    readOnly: !mayChange,
    set: (name, next) => setValue((before) => ({ ...before, [name]: next })),
  };
  function submit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({ settings: value, expectedVersion: stored.version });
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {!mayChange && <p className={pageClasses.muted}>{t('settings.ask-admin')}</p>}
      <div className={classes.grid}>
        <Company form={form} />
        <Work form={form} />
        <Picking form={form} />
        <Packing form={form} />
        <Labels form={form} />
        <Invoices form={form} />
        <Customs form={form} />
      </div>
      {mayChange && (
        <div className={classes.save}>
          <Button type="submit" size="lg" loading={save.isPending} disabled={wrong.size > 0}>
            {t('ui.save')}
          </Button>
          {wrong.size > 0 && <span role="status">{t('settings.wrong', { count: wrong.size })}</span>}
          {save.error && <ErrorNotice error={save.error} />}
        </div>
      )}
    </form>
  );
}
