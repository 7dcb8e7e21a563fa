import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './first-start-screen.module.css';
import { OwnFiles } from './own-files.tsx';

interface ChoiceProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly onChoose: () => void;
}

function Choice({ icon, title, text, onChoose }: ChoiceProps): ReactNode {
  return (
    <button type="button" className={classes.choice} onClick={onChoose}>
      <span className={classes.choiceIcon}>
        <Icon name={icon} size={64} />
      </span>
      <span className={classes.choiceTitle}>{title}</span>
      <span className={classes.choiceText}>{text}</span>
    </button>
  );
}

function Brand(): ReactNode {
  const { t } = useMessages();
  return (
    <div className={classes.brand}>
      <img src="/icon.svg" alt="" width={72} height={72} />
      <div>
        <h1 className={classes.title}>{t('first-start.title')}</h1>
        <p className={classes.lead}>{t('first-start.lead')}</p>
      </div>
    </div>
  );
}

export interface FirstStartProps {
  /** The address asked for the demo: no question is put. */
  readonly demo: boolean;
  /** The merchant has brought his files in and wants to work. */
  readonly onDone: () => void;
}

/** An empty station offers an invented warehouse or takes the merchant's own files. */
export function FirstStartScreen({ demo, onDone }: FirstStartProps): ReactNode {
  const { t } = useMessages();
  const [own, setOwn] = useState(false);
  const load = useCommand('stations.load-demo', onDone);
  const asked = useRef(false);
  const { mutate } = load;
  useEffect(() => {
    if (!demo || asked.current) return;
    asked.current = true;
    mutate({});
  }, [demo, mutate]);
  return (
    <main className={classes.screen}>
      <div className={classes.inner}>
        <Brand />
        {load.isPending && (
          <div className={classes.progress}>
            <TaskProgress label={t('first-start.loading-demo')} />
          </div>
        )}
        {load.error && <ErrorNotice error={load.error} onRetry={() => mutate({})} />}
        {!load.isPending && !own && (
          <div className={classes.choices}>
            <Choice
              icon="box"
              title={t('first-start.demo')}
              text={t('first-start.demo.text')}
              onChoose={() => mutate({})}
            />
            <Choice
              icon="file"
              title={t('first-start.own')}
              text={t('first-start.own.text')}
              onChoose={() => setOwn(true)}
            />
          </div>
        )}
        {!load.isPending && own && (
          <>
            <OwnFiles />
            <Button size="xl" onClick={onDone}>
              {t('first-start.begin')}
            </Button>
            <Button variant="subtle" onClick={() => setOwn(false)}>
              {t('ui.back')}
            </Button>
          </>
        )}
      </div>
    </main>
  );
}
