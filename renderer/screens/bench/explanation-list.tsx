import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { formatWeight } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { ItemPicture } from '../../ui/item-picture.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './explanation-list.module.css';

type Explanation = NonNullable<BenchView['weighing']>['explanations'][number];

const icons: { readonly [K in Explanation['kind']]: IconName } = {
  missing: 'minus',
  extra: 'plus',
  'other-carton': 'box',
  'no-carton': 'box',
  'nothing-known': 'question',
};

function Row({ view, explanation }: { view: BenchView; explanation: Explanation }): ReactNode {
  const { t, language } = useMessages();
  const { kind, sku, title, quantity, differenceMg, share } = explanation;
  const line = view.lines.find((candidate) => candidate.sku === sku);
  const sign = differenceMg > 0 ? '+' : '−';
  return (
    <li className={classes.row}>
      <span className={classes.icon}>
        <Icon name={icons[kind]} size={34} />
      </span>
      {line && (
        <div className={classes.picture}>
          <ItemPicture item={line} />
        </div>
      )}
      <div className={classes.words}>
        <span className={classes.title}>{t(`explain.${kind}`, { title, quantity })}</span>
        <span className={classes.detail}>
          {sku !== null && `${sku} · `}
          {kind !== 'nothing-known' && `${sign}${formatWeight(Math.abs(differenceMg), language)}`}
        </span>
      </div>
      {share > 0 && <span className={classes.share}>{Math.round(share * 100)} %</span>}
    </li>
  );
}

export interface ExplanationListProps {
  readonly view: BenchView;
  readonly explanations: readonly Explanation[];
}

/** What may explain a weight outside the tolerance, the likeliest on top: where to look first. */
export function ExplanationList({ view, explanations }: ExplanationListProps): ReactNode {
  const { t } = useMessages();
  return (
    <section className={classes.explanations} aria-label={t('explain.title')}>
      <h2 className={classes.heading}>{t('explain.title')}</h2>
      <ol
        className={classes.list}
        aria-label={t('explain.title')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {explanations.map((explanation) => (
          <Row
            key={`${explanation.kind} ${explanation.sku} ${explanation.quantity}`}
            view={view}
            explanation={explanation}
          />
        ))}
      </ol>
    </section>
  );
}
