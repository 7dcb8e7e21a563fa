import { fetchFromDoor, openEnvelope } from './door.ts';
import { UnreachableError } from './door-error.ts';

const KEEP_MS = 10 * 60_000;

/** Address of a stored document, or of the sheet of scannable codes with id `codes`. */
export function documentPath(id: string): string {
  return `/documents/${encodeURIComponent(id)}.pdf`;
}

/**
 * Opens a PDF in a window of its own; the shell shows it in its own viewer, a browser in a new tab.
 *
 * The tab is opened before the document is fetched: browsers block windows that no press of a button opened.
 */
export async function openDocument(id: string): Promise<void> {
  if (location.protocol === 'packwright:') {
    window.open(documentPath(id));
    return;
  }
  const tab = window.open('about:blank');
  try {
    const address = URL.createObjectURL(await fetchDocument(id));
    setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
    if (tab) tab.location.replace(address);
    else saveAs(address, `${id}.pdf`);
  } catch (error) {
    tab?.close();
    throw error;
  }
}

async function fetchDocument(id: string): Promise<Blob> {
  const response = await fetchFromDoor(documentPath(id), { method: 'GET' });
  if (response.ok) return response.blob();
  // A refusal comes in the usual envelope and is thrown as any other.
  await openEnvelope(response);
  throw new UnreachableError(`document ${id}: status ${response.status}`);
}

function saveAs(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
