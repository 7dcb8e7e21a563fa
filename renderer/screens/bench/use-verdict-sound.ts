import { useEffect, useRef } from 'react';
import { pitchOf } from '../../ui/sound-notes.ts';
import { playSound } from '../../ui/sounds.ts';
import type { ShownVerdict } from './shown-verdict.ts';
import { classOf, verdictLooks } from './verdict-look.ts';

/**
 * Sounds each new verdict once, at the pitch of this bench.
 *
 * What was latched before the page was loaded is shown without a sound.
 */
export function useVerdictSound(shown: ShownVerdict | undefined, stationName: string): void {
  const heard = useRef<{ id: string | undefined }>(undefined);
  useEffect(() => {
    if (!shown) return;
    const { id, verdict } = shown;
    const before = heard.current;
    heard.current = { id };
    if (id === undefined || before?.id === id || (!before && id.startsWith('latched'))) return;
    if (verdict) playSound(verdictLooks[classOf(verdict)].sound, pitchOf(stationName));
  }, [shown, stationName]);
}
