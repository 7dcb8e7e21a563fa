import type { Stroke } from '../../shared/scanner/stroke.ts';
import { createWedgeReader, type Reading } from '../../shared/scanner/wedge-reader.ts';
import { strokeTap } from './stroke-tap.ts';

/** Mark of a field that takes scanned orders, totes, bins and items as text; commands and badges never stay in one. */
export const scanFieldAttribute = 'data-scan-field';

export interface WedgeTarget {
  /** Text of the characters of one scan, control characters kept. */
  decode(strokes: readonly Stroke[]): string;
  onScan(raw: string): void;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

const typableInputs: readonly string[] = ['text', 'search', 'number', 'email', 'url', 'tel', 'password'];

function focusedField(): Field | undefined {
  const element = document.activeElement;
  if (element instanceof HTMLTextAreaElement) return element.readOnly ? undefined : element;
  if (element instanceof HTMLInputElement && typableInputs.includes(element.type) && !element.readOnly) return element;
  return undefined;
}

function toStroke(event: KeyboardEvent): Stroke {
  return {
    code: event.code,
    key: event.key,
    shift: event.shiftKey,
    control: event.ctrlKey && !event.getModifierState('AltGraph'),
    alt: event.altKey && !event.getModifierState('AltGraph'),
    altGr: event.getModifierState('AltGraph'),
    meta: event.metaKey,
    capsLock: event.getModifierState('CapsLock'),
    held: event.repeat,
    at: event.timeStamp,
  };
}

/** Codes of this station that a text field must not keep: they are meant for the bench, wherever the focus is. */
function leavesField(raw: string, field: Field): boolean {
  return field.hasAttribute(scanFieldAttribute) ? /^PW[CB]/.test(raw) : raw.startsWith('PW');
}

/** Puts back what the field held before the scan, so that React's state follows. */
function restore(field: Field, value: string): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  // React replaces `value` on the element itself and would not notice a plain assignment.
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/**
 * Catches keyboard scanners anywhere in the page, without focus, before any button or field sees their keys.
 *
 * Outside a field the Enter, Tab, Space and Ctrl combinations of a scan never reach the page. Returns what stops it.
 */
export function listenForWedge(target: WedgeTarget): () => void {
  const reader = createWedgeReader();
  const swallowed = new Set<string>();
  let field: Field | undefined;
  let before = '';

  function takeScan(event: KeyboardEvent, strokes: readonly Stroke[]): void {
    const raw = target.decode(strokes);
    // A code of which a field got only a part is no text for it.
    if (field && focusedField() === field && !leavesField(raw, field)) return;
    hide(event);
    if (field) restore(field, before);
    target.onScan(raw);
  }

  function hide(event: KeyboardEvent): void {
    swallow(event);
    swallowed.add(event.code);
  }

  function collect(event: KeyboardEvent, reading: Extract<Reading, { outcome: 'collected' }>): void {
    if (reading.first) {
      field = focusedField();
      before = field?.value ?? '';
    }
    // The focus moved inside the scan: its rest belongs to the scan and not to whatever has the focus now.
    if (!reading.first && focusedField() !== field) {
      hide(event);
      return;
    }
    const steers = event.ctrlKey || event.code === 'Space' || /^F[89]$/.test(event.code);
    // A person may press Space or a shortcut alone; in the middle of a scan it is the scanner's.
    if (reading.armed && !field) hide(event);
    else if (steers && !field && !reading.first) hide(event);
    else if (event.ctrlKey && reading.armed) hide(event);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const tap = strokeTap.get();
    if (tap) {
      if (tap(toStroke(event))) hide(event);
      return;
    }
    const reading = reader.read(toStroke(event));
    if (reading.outcome === 'trailing') hide(event);
    else if (reading.outcome === 'scanned') takeScan(event, reading.strokes);
    else if (reading.outcome === 'collected') collect(event, reading);
  }

  // A button is pressed by the release of Space: the release of a hidden key is hidden too.
  function onKeyUp(event: KeyboardEvent): void {
    if (swallowed.delete(event.code)) swallow(event);
  }

  window.addEventListener('keydown', onKeyDown, { capture: true });
  window.addEventListener('keyup', onKeyUp, { capture: true });
  return () => {
    window.removeEventListener('keydown', onKeyDown, { capture: true });
    window.removeEventListener('keyup', onKeyUp, { capture: true });
  };
}
