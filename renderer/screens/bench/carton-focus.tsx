import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { messageFor } from '../../ui/message-for.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './carton-focus.module.css';
import { IconFocus } from './icon-focus.tsx';

type Carton = NonNullable<BenchView['carton']>;

/** A carton seen from the front, filled as far as the goods fill it. */
function OpenCarton({ code, fillPercent }: { code: string; fillPercent: number | undefined }): ReactNode {
  const level = fillPercent === undefined ? 0 : Math.round((Math.min(100, fillPercent) / 100) * 116);
  return (
    <svg className={classes.drawing} viewBox="0 0 240 200" aria-hidden="true" focusable="false">
      <path className={classes.flap} d="M40 60 L8 26 L92 26 L120 60 Z M200 60 L232 26 L148 26 L120 60 Z" />
      <rect className={classes.box} x="40" y="60" width="160" height="124" />
      {level > 0 && <rect className={classes.goods} x="44" y={180 - level} width="152" height={level} />}
      <rect className={classes.plate} x="66" y="98" width="108" height="56" rx="8" />
      <text className={classes.code} x="120" y="138" textAnchor="middle">
        {code}
      </text>
    </svg>
  );
}

/** The carton to take, large enough to tell from the pile. */
export function CartonFocus({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const { carton } = view;
  if (!carton || (!carton.suggested && !carton.chosen)) {
    return <IconFocus icon="box">{t(carton?.ownBox ? 'carton.own-box' : 'carton.none')}</IconFocus>;
  }
  const shown = carton.chosen ?? carton.suggested;
  const fits = shown && carton.suggested?.code === shown.code ? carton.suggested.fillPercent : undefined;
  return (
    <div className={classes.focus}>
      <OpenCarton code={shown?.code ?? ''} fillPercent={fits} />
      <span className={classes.title}>{shown?.title}</span>
    </div>
  );
}

function Suggested({ suggested }: { suggested: NonNullable<Carton['suggested']> }): ReactNode {
  const { t } = useMessages();
  return (
    <div className={classes.suggested}>
      <span className={classes.name}>{t('carton.take')}</span>
      <span className={classes.big}>{suggested.code}</span>
      <span className={classes.fill}>
        <span className={classes.bar} aria-hidden="true">
          <span className={classes.level} style={{ width: `${Math.min(100, suggested.fillPercent)}%` }} />
        </span>
        {t('carton.fill', { percent: suggested.fillPercent })}
      </span>
    </div>
  );
}

/** Which carton, how full it gets and why this one; the chosen one where it is another. */
export function CartonFacts({ view }: { view: BenchView }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const { carton } = view;
  if (!carton) return null;
  const { suggested, chosen, why } = carton;
  return (
    <>
      {suggested && <Suggested suggested={suggested} />}
      {why && <p className={classes.why}>{messageFor(messages, why.code, why.params).title}</p>}
      {chosen && (
        <p className={classes.chosen}>
          {t('carton.chosen')} <b>{chosen.code}</b> · {chosen.title}
        </p>
      )}
    </>
  );
}
