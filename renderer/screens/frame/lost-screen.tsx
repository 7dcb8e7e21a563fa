import { Button, Code } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import type { SessionState } from '../../station/session-state.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './lost-screen.module.css';

const RELAUNCH = 'packwright://station/relaunch';
const inShell = location.protocol === 'packwright:';

/** No session: how to get a new address. The desktop shell is asked for one at once. */
export function LostScreen({ reason }: { reason: Extract<SessionState, { status: 'lost' }>['reason'] }): ReactNode {
  const { t } = useMessages();
  useEffect(() => {
    if (inShell) location.assign(RELAUNCH);
  }, []);
  return (
    <main className={classes.screen}>
      <div className={classes.box}>
        <Icon name="plug" size={72} />
        <h1 className={classes.title}>{t(`session.${reason}`)}</h1>
        {inShell ? (
          <Button size="xl" onClick={() => location.assign(RELAUNCH)}>
            {t('session.relaunch')}
          </Button>
        ) : (
          <>
            <p>{t('session.new-address')}</p>
            <Code className={classes.command}>npm run -s packwright -- open --port {location.port}</Code>
            <p>{t('session.or-start')}</p>
            <Code className={classes.command}>npm start</Code>
          </>
        )}
        <p className={classes.muted}>{t('session.nothing-lost')}</p>
      </div>
    </main>
  );
}
