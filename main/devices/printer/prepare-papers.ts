import type { DeviceSettings } from '../../../shared/contract/devices.ts';
import { isSameMedia, type MediaSize } from '../../../shared/model/media.ts';
import type { HandOver, PageReader, PrinterDriver, PrintRequest } from './printer.ts';
import { drawZpl } from './zpl/draw-zpl.ts';

/** A label has 50 kB, a long pick list one MB; beyond this something went wrong before it came here. */
const MOST_BYTES = 32 * 1024 * 1024;
const DEFAULT_DPI = 203;
const MOST_TITLE = 100;

type Prepared = PrintRequest | Extract<HandOver, { outcome: 'refused' }>;

/**
 * Looks at every paper before the driver gets it: nothing is scaled or turned on its way, so a page of another size than
 * the media is refused here, and for a printer that speaks ZPL its pages become dots.
 */
export function preparePapers(driver: PrinterDriver, settings: DeviceSettings, pages: PageReader): PrinterDriver {
  return {
    async print(request) {
      const prepared = await prepare({ ...request, title: plainTitle(request.title) }, settings, pages);
      return 'outcome' in prepared ? prepared : driver.print(prepared);
    },
    status: () => driver.status(),
    jobState: (systemJob) => driver.jobState(systemJob),
    close: () => driver.close(),
  };
}

async function prepare(request: PrintRequest, settings: DeviceSettings, pages: PageReader): Promise<Prepared> {
  const { bytes, format, media } = request;
  if (bytes.length > MOST_BYTES) return refuse('print.too-large', { megabytes: String(Math.ceil(bytes.length / 1e6)) });
  if (format === 'zpl') return settings.language === 'zpl' ? request : refuse('print.not-zpl', {});
  try {
    const wrong = await findWrongPage(bytes, media, pages);
    if (wrong) return wrong;
    if (settings.language !== 'zpl') return request;
    const drawn = await pages.drawPages(bytes, settings.dpi ?? DEFAULT_DPI);
    return { ...request, format: 'zpl', bytes: drawZpl(drawn) };
  } catch {
    return refuse('print.unreadable', {});
  }
}

async function findWrongPage(bytes: Uint8Array, media: MediaSize, pages: PageReader): Promise<Prepared | undefined> {
  const sizes = isPdf(bytes) ? await pages.pageSizes(bytes) : [];
  if (sizes.length === 0) return refuse('print.unreadable', {});
  const wrong = sizes.findIndex((size) => !isSameMedia(size, media));
  const size = sizes[wrong];
  if (size === undefined) return undefined;
  return refuse('print.wrong-media', { page: inMm(size), media: inMm(media), number: String(wrong + 1) });
}

/** One line that every system takes as the name of a job. */
function plainTitle(title: string): string {
  return (
    title
      .replaceAll(/[^\x20-\x7e]+/g, ' ')
      .slice(0, MOST_TITLE)
      .trim() || 'packwright'
  );
}

/** A picture would be scaled to whatever lies in the printer. */
function isPdf(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 1_024)).includes('%PDF-');
}

function refuse(code: string, params: Readonly<Record<string, string>>): Extract<HandOver, { outcome: 'refused' }> {
  return { outcome: 'refused', passing: false, code, params };
}

/** `101.6 × 152.4 mm`. */
function inMm({ widthMm, heightMm }: MediaSize): string {
  const round = (mm: number): string => String(Math.round(mm * 10) / 10);
  return `${round(widthMm)} × ${round(heightMm)} mm`;
}
