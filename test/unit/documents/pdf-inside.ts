import { createRequire } from 'node:module';
import { rasterPages } from '../../../main/documents/raster.ts';

/** The parts of pdf-lib that read; it shares no code with pdfkit, which wrote. */
interface Dictionary {
  lookup(name: unknown): unknown;
  has(name: unknown): boolean;
}
interface Listed {
  lookup(index: number): unknown;
  size(): number;
}

const require = createRequire(import.meta.url);
// It comes with the second reader of Factur-X, wherever the package manager put it.
const { PDFDocument, PDFName, decodePDFRawStream } = createRequire(require.resolve('node-zugferd'))('pdf-lib');

const name = (text: string): unknown => PDFName.of(text);
// What a key holds is known by the PDF norm; the reader's types do not say it.
const dictionary = (value: unknown): Dictionary => value as Dictionary;
const list = (value: unknown): Listed => value as Listed;
const textOf = (value: unknown): string => (value as { decodeText(): string }).decodeText();
const bytesOf = (stream: unknown): Uint8Array => decodePDFRawStream(stream).decode();

export interface InsideFile {
  readonly name: string;
  readonly relationship: string;
  readonly subtype: string;
  readonly bytes: Uint8Array;
}

export interface PdfInside {
  /** Files listed in the catalogue's `AF` (PDF/A-3) and also found in its name tree. */
  readonly files: readonly InsideFile[];
  readonly xmp: string;
  readonly outputIntents: number;
  /** Base names of all fonts, and those without a font file. */
  readonly fonts: readonly string[];
  readonly notEmbedded: readonly string[];
}

function fileOf(spec: Dictionary): InsideFile {
  const stream = dictionary(spec.lookup(name('EF'))).lookup(name('F'));
  const subtype = dictionary((stream as { dict: unknown }).dict).lookup(name('Subtype')); // a stream has its dictionary
  return {
    name: textOf(spec.lookup(name('UF'))),
    relationship: String(spec.lookup(name('AFRelationship'))).slice(1),
    subtype: String(subtype),
    bytes: bytesOf(stream),
  };
}

/** Looks into a PDF as an archive or a tax office would. */
export async function lookInside(bytes: Uint8Array): Promise<PdfInside> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const catalogue = dictionary(document.catalog);
  const listed = list(catalogue.lookup(name('AF')));
  const named = list(
    dictionary(dictionary(catalogue.lookup(name('Names'))).lookup(name('EmbeddedFiles'))).lookup(name('Names')),
  );
  const inTree = new Set(Array.from({ length: named.size() / 2 }, (_, index) => textOf(named.lookup(index * 2))));
  const files = Array.from({ length: listed.size() }, (_, index) => fileOf(dictionary(listed.lookup(index))));
  const fonts: string[] = [];
  const notEmbedded: string[] = [];
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    if (typeof object?.lookup !== 'function' || typeof object.has !== 'function') continue;
    const type = String(object.lookup(name('Type')));
    if (type === '/FontDescriptor' && !object.has(name('FontFile2')))
      notEmbedded.push(String(object.lookup(name('FontName'))));
    if (type !== '/Font' || !object.has(name('BaseFont'))) continue;
    fonts.push(String(object.lookup(name('BaseFont'))));
    if (String(object.lookup(name('Subtype'))) === '/Type1') notEmbedded.push(String(object.lookup(name('BaseFont'))));
  }
  return {
    files: files.filter((file) => inTree.has(file.name)),
    xmp: new TextDecoder().decode(bytesOf(catalogue.lookup(name('Metadata')))),
    outputIntents: list(catalogue.lookup(name('OutputIntents'))).size(),
    fonts,
    notEmbedded,
  };
}

/** The text layer of all pages, read by pdfium; line ends become blanks. */
export async function textOfPages(bytes: Uint8Array): Promise<string[]> {
  const pages: string[] = [];
  for await (const { text } of rasterPages(bytes, { dpi: 203, format: 'bilevel' }))
    pages.push(text.replace(/\s+/g, ' '));
  return pages;
}
