import { type DragEvent, type ReactNode, useState } from 'react';
import { Icon } from '../../ui/icons.tsx';
import classes from './import-card.module.css';

/** Takes a file by dropping it or by choosing it; both ways are one control for the keyboard. */
export function DropZone({ label, onFile }: { label: string; onFile: (file: File) => void }): ReactNode {
  const [over, setOver] = useState(false);
  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  }
  return (
    <label
      className={`${classes.drop} ${over ? classes.over : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="file" size={36} />
      {label}
      <input
        type="file"
        accept=".csv,.json,.jsonl,.txt,text/csv,application/json"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
    </label>
  );
}
