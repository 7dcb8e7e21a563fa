import { type ReactNode, useState } from 'react';
import { Icon } from './icons.tsx';
import classes from './item-picture.module.css';
import { useMessages } from './use-messages.ts';

export interface PicturedItem {
  readonly title: string;
  readonly imageUrl: string | null;
}

/** The item's picture as large as its box, whole; words where there is none or it cannot be read. */
export function ItemPicture({ item }: { item: PicturedItem }): ReactNode {
  const { t } = useMessages();
  const [unreadable, setUnreadable] = useState<string>();
  const { imageUrl, title } = item;
  if (imageUrl === null || imageUrl === unreadable) {
    return (
      <span className={classes.none}>
        <Icon name="box" size={72} />
        {t('item.no-picture')}
      </span>
    );
  }
  return <img className={classes.picture} src={imageUrl} alt={title} onError={() => setUnreadable(imageUrl)} />;
}
