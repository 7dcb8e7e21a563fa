import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';

export type Rows = AsyncIterable<Readonly<Record<string, unknown>>>;

/** Writes rows as CSV with a header (objects as JSON in their cell), as fast as `to` takes them; memory stays flat. */
export async function writeCsv(rows: Rows, columns: readonly string[], to: NodeJS.WritableStream): Promise<void> {
  const csv = stringify({
    header: true,
    columns: [...columns],
    cast: { object: (value) => JSON.stringify(value), boolean: String },
  });
  await pipeline(Readable.from(rows), csv, to, { end: false });
}

/** Writes rows as one JSON array, a row a line. */
export async function writeJson(rows: Rows, to: NodeJS.WritableStream): Promise<void> {
  let before = '[\n';
  const lines = new Transform({
    writableObjectMode: true,
    transform(row, _encoding, done) {
      done(null, `${before}${JSON.stringify(row)}`);
      before = ',\n';
    },
    flush(done) {
      done(null, before === ',\n' ? '\n]\n' : '[]\n');
    },
  });
  await pipeline(Readable.from(rows), lines, to, { end: false });
}
