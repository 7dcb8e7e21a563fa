import bwipjs from 'bwip-js/node';
import PDFDocument from 'pdfkit';
import type { DrawSimulatedLabel, SimulatedLabel } from '../../../../main/carriers/carrier-simulator.ts';

const DOT_PT = 72 / 203.2;

/** A label whose first symbol reads back as `trackingNumber` does: enough to tell one parcel's file from another's. */
export const drawTestLabel: DrawSimulatedLabel = async (label) => {
  if (label.file === 'zpl') return Buffer.from(asZpl(label));
  const [first] = label.symbols;
  const bars = await bwipjs.toBuffer({
    bcid: first?.kind === 'gs1-128' ? 'gs1-128' : 'code128',
    text: first?.text ?? label.trackingNumber,
    scale: 3,
    height: 20,
    paddingwidth: 12,
    paddingheight: 4,
    backgroundcolor: 'FFFFFF',
  });
  return label.file === 'png' ? bars : asPdf(label, bars);
};

function asZpl({ trackingNumber, symbols }: SimulatedLabel): string {
  const text = symbols[0]?.text ?? trackingNumber;
  return `^XA^PW812^LL1218^FO60,60^FDSIMULATED^FS^FO60,200^BY3^BCN,200,N,N,N^FD${text}^FS^XZ`;
}

function asPdf(label: SimulatedLabel, bars: Buffer): Promise<Buffer> {
  const document = new PDFDocument({ size: [288, 432], margin: 0 });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  const width = bars.readUInt32BE(16);
  document.fontSize(10).text(`SIMULATED ${label.carrier} ${label.trackingNumber}`, 12, 12);
  document.image(bars, 0, 200, { width: Math.min(width * DOT_PT, 288) });
  document.end();
  return done;
}
