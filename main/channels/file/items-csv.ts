import { itemColumns } from '../../../shared/model/import-columns.ts';
import { type ImportedItem, kitScans, type Read, scanPolicies } from '../../../shared/model/imported.ts';
import { type RowReader, type RowValue, readTable } from './catalogue-table.ts';
import { readCaseCodes, readComponents, readSubstitutes, readUnitCodes, uniqueCodes } from './item-codes.ts';
import { readCustomsFacts } from './item-customs.ts';
import { readPicture } from './picture-file.ts';
import { type Complain, readChoice, readMeasure, readText, readYesNo } from './read-values.ts';
import { type ColumnIndex, headerKey, headerNames } from './table.ts';

export interface ReadItemsOptions {
  readonly fileName: string;
  /** Folder that `image` paths start from; without it pictures are left out. */
  readonly baseDir?: string;
}

const names = headerNames(itemColumns);

/** Other units that files give measures in, by header. */
const WEIGHT_UNITS = { weightkg: 1_000_000, weightlb: 453_592.37, weightoz: 28_349.523125 };
const LENGTH_UNITS = { cm: 10 };
const MAX_WEIGHT_MG = 2_000_000_000;
const MAX_LENGTH_MM = 20_000;

/**
 * Catalogue items of a CSV file (`itemColumns`), in file order and constant memory. The products export of Shopify is
 * read too: its title stands on the first row of a product only, its variants make SKUs.
 *
 * Errors: `import.empty-file`, `import.unknown-format`, `import.missing-column`.
 */
export function readItems(
  input: AsyncIterable<Uint8Array>,
  options: ReadItemsOptions,
): AsyncGenerator<Read<ImportedItem>> {
  const source = { input, fileName: options.fileName, columns: itemColumns, names };
  return readTable<ImportedItem>(source, (header, found) => {
    const columns = withOtherUnits(header, found);
    const isShopify = header.some((text) => headerKey(text) === 'variantsku');
    const read = async (value: RowValue, complain: Complain): Promise<ImportedItem> => {
      const item = await readItem(value, options.baseDir, complain);
      // A file without the column says nothing; an empty cell says that there are none.
      return {
        ...item,
        ...(columns.has('substitutes') ? { substitutes: substitutesOf(item.sku, value, complain) } : {}),
        ...readCustomsFacts(columns, value, complain),
        ...(columns.has('scan_policy')
          ? {
              scanPolicy: readChoice(
                value('scan_policy'),
                { what: 'scan_policy', of: scanPolicies, whenEmpty: 'case' },
                complain,
              ),
            }
          : {}),
        ...(columns.has('kit_scan')
          ? {
              kitScan: readChoice(
                value('kit_scan'),
                { what: 'kit_scan', of: kitScans, whenEmpty: 'explode' },
                complain,
              ),
            }
          : {}),
      };
    };
    return { columns, read: isShopify ? variantReader(read) : read };
  });
}

/** Adds columns in units of their own, such as `weight_kg`, under their header's key. */
function withOtherUnits(header: readonly string[], found: ColumnIndex): ColumnIndex {
  const all = new Map(found);
  const optionNames = ['handle', 'option1value', 'option2value', 'option3value', 'lengthcm', 'widthcm', 'heightcm'];
  for (const key of [...Object.keys(WEIGHT_UNITS), ...optionNames]) {
    const index = header.findIndex((text) => headerKey(text) === key);
    if (index !== -1) all.set(key, index);
  }
  return all;
}

/** Products export of Shopify: the title is carried down, options tell variants apart, rows of further pictures go. */
function variantReader(read: RowReader<ImportedItem>): RowReader<ImportedItem> {
  let product = { handle: '', title: '' };
  return (value, complain) => {
    const handle = value('handle');
    if (value('title') !== '' || handle !== product.handle) product = { handle, title: value('title') || handle };
    const options = [1, 2, 3].map((number) => value(`option${number}value`));
    if (value('sku') === '' && options.every((option) => option === '')) return undefined;
    const variant = options.filter((option) => option !== '' && option !== 'Default Title').join(' / ');
    const title = variant === '' ? product.title : `${product.title} – ${variant}`;
    // The picture column of this export holds addresses of pictures, not files.
    return read((column) => (column === 'title' ? title : column === 'image' ? '' : value(column)), complain);
  };
}

async function readItem(value: RowValue, baseDir: string | undefined, complain: Complain): Promise<ImportedItem> {
  const sku = readText(value('sku'), { what: 'sku', limit: 80, needed: true }, complain);
  const flag = (column: string): boolean => readYesNo(value(column), { what: column, whenEmpty: false }, complain);
  const codes = [...readUnitCodes(value('gtins'), complain), ...readCaseCodes(value('case_gtins'), complain)];
  const components = readComponents(value('components'), complain);
  if (components.some((component) => component.sku === sku)) complain('a kit cannot hold itself');
  const path = value('image');
  return {
    sku,
    title: readText(value('title'), { what: 'title', limit: 300, needed: true }, complain),
    codes: uniqueCodes(codes, complain),
    image: path === '' || baseDir === undefined ? null : await readPicture(path, baseDir, complain),
    weightMg: readWeight(value, complain),
    lengthMm: readLength('length', value, complain),
    widthMm: readLength('width', value, complain),
    heightMm: readLength('height', value, complain),
    fragile: flag('fragile'),
    hazardous: flag('hazardous'),
    upright: flag('upright'),
    ownBox: flag('own_box'),
    lotControlled: flag('lot'),
    serialControlled: flag('serial'),
    expiryControlled: flag('expiry'),
    components,
  };
}

function substitutesOf(sku: string, value: RowValue, complain: Complain): NonNullable<ImportedItem['substitutes']> {
  const substitutes = readSubstitutes(value('substitutes'));
  if (substitutes.some((substitute) => substitute.sku === sku)) complain('an item cannot replace itself');
  return substitutes;
}

function readWeight(value: RowValue, complain: Complain): number {
  const grams = value('weight_g');
  if (grams !== '') return readMeasure(grams, { what: 'weight_g', factor: 1_000, max: MAX_WEIGHT_MG }, complain);
  for (const [column, factor] of Object.entries(WEIGHT_UNITS)) {
    const text = value(column);
    if (text !== '')
      return readMeasure(text, { what: column.replace('weight', 'weight_'), factor, max: MAX_WEIGHT_MG }, complain);
  }
  return 0;
}

function readLength(side: 'length' | 'width' | 'height', value: RowValue, complain: Complain): number {
  const inCm = value(`${side}cm`);
  if (value(`${side}_mm`) === '' && inCm !== '') {
    return readMeasure(inCm, { what: `${side}_cm`, factor: LENGTH_UNITS.cm, max: MAX_LENGTH_MM }, complain);
  }
  return readMeasure(value(`${side}_mm`), { what: `${side}_mm`, factor: 1, max: MAX_LENGTH_MM }, complain);
}
