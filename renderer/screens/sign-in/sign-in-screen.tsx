import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { lastVerdict } from '../../scan/last-verdict.ts';
import { useCell } from '../../station/use-cell.ts';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { QuietBanner, VerdictBanner } from '../bench/verdict-banner.tsx';
import { PinPad } from './pin-pad.tsx';
import classes from './sign-in-screen.module.css';

type Session = CallOutput<'stations.session-view'>;

function Names({ operators }: { operators: Session['operators'] }): ReactNode {
  const { t } = useMessages();
  const client = useQueryClient();
  const signIn = useCommand('stations.sign-in', () => {
    lastVerdict.set(undefined);
    return client.invalidateQueries();
  });
  return (
    <>
      <p className={classes.or}>{t('sign-in.or-tap')}</p>
      <div className={classes.names}>
        {operators.map(({ id, name, role }) => (
          <button
            key={id}
            type="button"
            className={classes.name}
            disabled={signIn.isPending}
            onClick={() => signIn.mutate({ operatorId: id })}
          >
            <Icon name="person" size={40} />
            <span>
              {name}
              <span className={classes.role}>{t(`role.${role}`)}</span>
            </span>
          </button>
        ))}
      </div>
      {signIn.error && <ErrorNotice error={signIn.error} />}
    </>
  );
}

/** Whose bench this is while it is locked, and that nothing is lost. */
function Locked({ name }: { name: string }): ReactNode {
  const { t } = useMessages();
  return (
    <>
      <h1 className={classes.prompt}>
        <Icon name="lock" size={72} /> {t('locked.title', { name })}
      </h1>
      <p className={classes.or}>{t('locked.text')}</p>
    </>
  );
}

export interface SignInScreenProps {
  readonly session: Session;
  readonly view: BenchView | undefined;
}

function Body({ session, view }: SignInScreenProps): ReactNode {
  const { t } = useMessages();
  if (view?.pin) return <PinPad pin={view.pin} />;
  return (
    <>
      {view?.locked ? (
        <Locked name={view.locked.name} />
      ) : (
        <h1 className={classes.prompt}>
          <Icon name="person" size={72} /> {t('step.badge')}
        </h1>
      )}
      {session.signIn === 'tap' && session.operators.length > 0 && <Names operators={session.operators} />}
    </>
  );
}

/** Nobody works here now: a badge, a PIN where the badge has one, or a name to tap where the settings allow it. */
export function SignInScreen({ session, view }: SignInScreenProps): ReactNode {
  const { t } = useMessages();
  const last = useCell(lastVerdict)?.verdict;
  const verdict = view?.latched ?? last;
  const quiet = view?.locked ? 'step.locked' : 'sign-in.title';
  return (
    <div className={classes.screen} data-step={view?.step}>
      {verdict ? <VerdictBanner verdict={verdict} /> : <QuietBanner title={t(quiet)} detail={session.station.name} />}
      <div className={classes.body}>
        <Body session={session} view={view} />
      </div>
    </div>
  );
}
