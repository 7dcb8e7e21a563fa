import { type ReactNode, useState } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { roleAllows, roles } from '../../../shared/model/roles.ts';
import { scanQueue } from '../../scan/scanner.ts';
import { Icon } from '../../ui/icons.tsx';
import { routeHref, type ScreenName, screenNames, screenNeeds } from '../../ui/router.ts';
import { useMessages } from '../../ui/use-messages.ts';
import { helpCard, languageCard, signOutCard } from '../bench/command-words.ts';
import classes from './header.module.css';
import { OrderStrip } from './order-strip.tsx';

function Navigation({ screen, role }: { screen: ScreenName; role: string | undefined }): ReactNode {
  const { t } = useMessages();
  const has = roles.find((known) => known === role) ?? 'anyone';
  const shown = screenNames.filter((name) => roleAllows(has, screenNeeds[name] ?? 'anyone'));
  return (
    <nav className={classes.nav} aria-label={t('nav.label')}>
      {shown.map((name) => (
        <a
          key={name}
          className={classes.link}
          href={routeHref({ screen: name })}
          aria-current={name === screen ? 'page' : undefined}
        >
          {t(`nav.${name}`)}
        </a>
      ))}
    </nav>
  );
}

type Operator = NonNullable<BenchView['operator']>;

/** Help, language and sign-out work at every step, by card and by button alike. */
function Tools({ operator, onBench }: { operator: Operator; onBench: boolean }): ReactNode {
  const { t, language } = useMessages();
  return (
    <div className={classes.tools}>
      <span className={classes.operator} title={operator.name}>
        {operator.name}
      </span>
      {onBench && (
        <button type="button" className={classes.tool} onClick={() => scanQueue.push(helpCard, 'typed')}>
          {t('command.help')}
        </button>
      )}
      <button
        type="button"
        className={classes.tool}
        aria-label={t('command.language')}
        onClick={() => scanQueue.push(languageCard, 'typed')}
      >
        {language === 'en' ? 'FR' : 'EN'}
      </button>
      <button
        type="button"
        className={classes.tool}
        aria-label={t('command.sign-out')}
        onClick={() => scanQueue.push(signOutCard, 'typed')}
      >
        <Icon name="out" size={30} />
      </button>
    </div>
  );
}

export interface HeaderProps {
  readonly screen: ScreenName;
  readonly view: BenchView | undefined;
}

/** The way between screens; while an order is in hand, the bench shows the order there instead. */
export function Header({ screen, view }: HeaderProps): ReactNode {
  const { t } = useMessages();
  const [menuOpen, setMenuOpen] = useState(false);
  const inHand = screen === 'bench' && view?.order;
  const showStrip = inHand && !menuOpen;
  return (
    <header className={classes.header}>
      {inHand ? (
        <button
          type="button"
          className={classes.tool}
          aria-label={t('nav.menu')}
          aria-expanded={menuOpen}
          onClick={() => setMenuOpen(!menuOpen)}
        >
          <Icon name={menuOpen ? 'cross' : 'menu'} size={34} />
        </button>
      ) : (
        <span className={classes.brand}>
          <img src="/icon.svg" alt="Packwright" width={44} height={44} />
        </span>
      )}
      {showStrip && view ? <OrderStrip view={view} /> : <Navigation screen={screen} role={view?.operator?.role} />}
      {view?.operator && <Tools operator={view.operator} onBench={screen === 'bench'} />}
    </header>
  );
}
