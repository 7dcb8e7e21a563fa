import type { ReactNode } from 'react';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { CardButton } from './card-button.tsx';
import classes from './parcel-strip.module.css';

type Parcel = BenchView['parcels'][number];

function ParcelTab({ parcel, card }: { parcel: Parcel; card: string | undefined }): ReactNode {
  const { t } = useMessages();
  const words = (
    <>
      <span className={classes.name}>
        <Icon name={parcel.current ? 'here' : 'box'} size={28} /> {t('bench.parcel', { number: parcel.sequence })}
      </span>
      <span className={classes.state}>
        {t('order.units', { count: parcel.unitsPacked })}
        {parcel.state !== 'open' && ` · ${t(`parcel-state.${parcel.state}`)}`}
      </span>
    </>
  );
  const look = `${classes.tab} ${card === undefined ? '' : classes.touchable} ${parcel.current ? classes.current : ''}`;
  return (
    <li className={classes.place} aria-current={parcel.current ? 'step' : undefined}>
      {card === undefined ? (
        <span className={look}>{words}</span>
      ) : (
        <CardButton text={card} className={look}>
          {words}
        </CardButton>
      )}
    </li>
  );
}

/** All parcels of the order side by side; where one may be chosen it is by its PARCEL card, as a button too. */
export function ParcelStrip({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  if (view.parcels.length < 2) return null;
  const cards = view.expects.map(({ text }) => text);
  return (
    <ol className={classes.strip} aria-label={t('order.parcels')}>
      {view.parcels.map((parcel) => {
        const card = encodeStationCode('command', `PARCEL-${parcel.sequence}`);
        return <ParcelTab key={parcel.id} parcel={parcel} card={cards.includes(card) ? card : undefined} />;
      })}
    </ol>
  );
}
