import type { ReactNode } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { formatCountry } from '../../ui/format.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './order-screen.module.css';

/** Where the parcel goes, line by line. */
export function OrderAddress({ address }: { address: OrderView['address'] }): ReactNode {
  const { t, language } = useMessages();
  if (!address) return <p>{t('order.no-address')}</p>;
  const { name, company, street1, street2, postcode, city, region, country, phone, email } = address;
  const place = [postcode, city, region].filter(Boolean).join(' ');
  const lines = [name, company, street1, street2, place, formatCountry(country, language), phone, email];
  return (
    <address className={classes.address}>
      {lines
        .filter((line) => line !== undefined && line !== '')
        .map((line) => (
          <div key={line}>{line}</div>
        ))}
    </address>
  );
}
