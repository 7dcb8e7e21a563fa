import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { ItemPicture } from '../../ui/item-picture.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './instruction-focus.module.css';

type BenchInstruction = BenchView['instructions'][number];

const icons: { readonly [K in BenchInstruction['kind']]: IconName } = {
  fragile: 'fragile',
  hazardous: 'hazard',
  upright: 'upright',
  gift: 'gift',
  note: 'note',
};

/** What must be known first, as a sign that reads from afar. */
export function InstructionFocus({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const kinds = [...new Set(view.instructions.map(({ kind }) => kind))];
  const size = kinds.length > 2 ? 110 : kinds.length > 1 ? 150 : 220;
  return (
    <div className={classes.signs} data-count={kinds.length}>
      {kinds.map((kind) => (
        <span key={kind} className={classes.sign}>
          <Icon name={icons[kind]} size={size} />
          {t(`instruction.${kind}`)}
        </span>
      ))}
    </div>
  );
}

function Instruction({ view, instruction }: { view: BenchView; instruction: BenchInstruction }): ReactNode {
  const { t } = useMessages();
  const { kind, text, lineId } = instruction;
  const line = view.lines.find(({ id }) => id === lineId);
  return (
    <li className={classes.row}>
      <Icon name={icons[kind]} size={48} />
      <div>
        <p className={classes.what}>{t(`instruction.${kind}.do`)}</p>
        {text !== '' && <blockquote className={classes.words}>{text}</blockquote>}
        <p className={classes.about}>{line ? line.title : t('instruction.whole-parcel')}</p>
      </div>
      {line && (
        // Paled: it is not to be touched before the card is scanned.
        <div className={classes.untouched}>
          <ItemPicture item={line} />
        </div>
      )}
    </li>
  );
}

/** Each instruction with what to do, the buyer's own words and what it is about. */
export function InstructionList({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  return (
    <ol
      className={classes.list}
      aria-label={t('instruction.list')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {view.instructions.map((instruction) => (
        <Instruction key={instruction.key} view={view} instruction={instruction} />
      ))}
    </ol>
  );
}
