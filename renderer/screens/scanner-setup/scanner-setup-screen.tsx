import { type ReactNode, useEffect } from 'react';
import type { TestFinding, TestJudgement } from '../../../shared/scanner/judge-test-scan.ts';
import { isTestVerdict } from '../../../shared/scanner/test-code.ts';
import { lastVerdict } from '../../scan/last-verdict.ts';
import { useCell } from '../../station/use-cell.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { messageFor } from '../../ui/message-for.ts';
import { isMessageKey } from '../../ui/message-key.ts';
import { Card, Page } from '../../ui/page.tsx';
import { playSound } from '../../ui/sounds.ts';
import { type Messages, useMessages } from '../../ui/use-messages.ts';
import classes from './scanner-setup-screen.module.css';
import { SheetLinks } from './sheet-links.tsx';
import { TestCodePicture } from './test-code-picture.tsx';
import { useTestScan } from './use-test-scan.ts';

const toneIcons = { right: 'check', works: 'info', wrong: 'cross' } as const satisfies Record<string, IconName>;
const weightIcons = { wrong: 'cross', better: 'warning', told: 'info' } as const satisfies Record<string, IconName>;

/** Layouts by their names in the reader's language. */
function worded(params: TestFinding['params'], { t }: Messages): TestFinding['params'] {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const key = `code.layout.${value}`;
      return [name, isMessageKey(key) ? t(key) : value];
    }),
  );
}

function Finding({ finding }: { finding: TestFinding }): ReactNode {
  const messages = useMessages();
  const { code, weight, params } = finding;
  const { title, action } = messageFor(messages, `scanner-test.${code}`, worded(params, messages));
  return (
    <li className={`${classes.finding} ${classes[weight]}`} data-finding={code} data-weight={weight}>
      <Icon name={weightIcons[weight]} size={30} />
      <div>
        <strong>{title}</strong>
        {action !== undefined && <p className={classes.action}>{action}</p>}
      </div>
    </li>
  );
}

/** Few fonts have a picture of the separator. */
const withGsNamed = (read: string): string => read.replaceAll('␝', ' [GS]');

function Judged({ judgement }: { judgement: TestJudgement }): ReactNode {
  const messages = useMessages();
  const { tone, read, findings } = judgement;
  const { title, action } = messageFor(messages, `scanner-test.${tone}`);
  const first = [...findings].sort((a, b) => rank(a) - rank(b));
  return (
    <>
      <div className={`${classes.banner} ${classes[`tone-${tone}`]}`} data-tone={tone}>
        <Icon name={toneIcons[tone]} size={56} />
        <div>
          <p className={classes.title}>{title}</p>
          {action !== undefined && <p className={classes.detail}>{action}</p>}
        </div>
      </div>
      <p className={classes.read}>
        {messages.t('scanner-setup.read')}{' '}
        <code>{read === '' ? messages.t('scanner-setup.read.nothing') : withGsNamed(read)}</code>
      </p>
      <ul className={classes.findings}>
        {first.map((finding) => (
          <Finding key={finding.code} finding={finding} />
        ))}
      </ul>
    </>
  );
}

const rank = ({ weight }: TestFinding): number => ['wrong', 'better', 'told'].indexOf(weight);

/** The test code came over a cable: the station heard it itself, and the keyboard has nothing to do with it. */
function OverCable({ code, good }: { code: string; good: boolean }): ReactNode {
  const { title, action } = messageFor(useMessages(), code);
  return (
    <div
      className={`${classes.banner} ${classes[good ? 'tone-right' : 'tone-wrong']}`}
      data-tone={good ? 'right' : 'wrong'}
    >
      <Icon name={good ? 'check' : 'cross'} size={56} />
      <div>
        <p className={classes.title}>{title}</p>
        {action !== undefined && <p className={classes.detail}>{action}</p>}
      </div>
    </div>
  );
}

function Waiting(): ReactNode {
  const { t } = useMessages();
  return (
    <div className={classes.banner} data-tone="waiting">
      <Icon name="scan" size={56} />
      <div>
        <p className={classes.title}>{t('scanner-setup.waiting')}</p>
        <p className={classes.detail}>{t('scanner-setup.waiting.detail')}</p>
      </div>
    </div>
  );
}

/** Scan the test code: says what of a scanner is set wrong, from its very keys. Needs no mouse once it is open. */
export function ScannerSetupScreen(): ReactNode {
  const { t } = useMessages();
  const scan = useTestScan();
  const last = useCell(lastVerdict)?.verdict;
  const overCable = last && isTestVerdict(last.code) ? last : undefined;
  const tone = scan?.judgement.tone;
  const number = scan?.number;
  useEffect(() => {
    if (number !== undefined) playSound(tone === 'wrong' ? 'refused' : 'good');
  }, [number, tone]);
  return (
    <Page title={t('scanner-setup.title')} subtitle={t('scanner-setup.lead')}>
      <div className={classes.columns}>
        <section className={classes.result} aria-live="assertive" aria-label={t('scanner-setup.result')}>
          {scan && <Judged key={scan.number} judgement={scan.judgement} />}
          {!scan && overCable && <OverCable code={overCable.code} good={overCable.tone !== 'bad'} />}
          {!scan && !overCable && <Waiting />}
        </section>
        <div className={classes.side}>
          <Card title={t('scanner-setup.code')}>
            <TestCodePicture label={t('scanner-setup.code')} className={classes.code} />
            <p className={classes.note}>{t('scanner-setup.code.note')}</p>
          </Card>
          <SheetLinks />
        </div>
      </div>
    </Page>
  );
}
