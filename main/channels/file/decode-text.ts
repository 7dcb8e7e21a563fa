import { isAscii, isUtf8 } from 'node:buffer';

const CHUNK = 64 * 1024;
const HEAD = 512;
const BOM = '\uFEFF';

/** Windows-1252 where it differs from Latin-1 (0x80 to 0x9F); own table because ICU builds disagree on the name. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

type Decode = (bytes: Buffer, ended: boolean) => string;

/**
 * Text of a file in the encodings that shops and spreadsheets write: UTF-8, UTF-16 (Excel's "Unicode text")
 * and Windows-1252 (Excel's "CSV"), with or without byte order mark.
 *
 * A byte that fits no encoding comes out as U+FFFD. Holds one chunk of 64 KiB whatever the file's size.
 */
export async function* decodeText(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decode: Decode | undefined;
  for await (const { bytes, ended } of evenChunks(input)) {
    const first = decode === undefined;
    decode ??= decoderFor(bytes.subarray(0, HEAD));
    const text = decode(bytes, ended);
    yield first && text.startsWith(BOM) ? text.slice(BOM.length) : text;
  }
}

/** Chunks of 64 KiB, so that neither a file given in one piece nor one given byte by byte changes what follows. */
async function* evenChunks(input: AsyncIterable<Uint8Array>): AsyncGenerator<{ bytes: Buffer; ended: boolean }> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const piece of input) {
    parts.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    size += piece.byteLength;
    if (size < CHUNK) continue;
    const bytes = Buffer.concat(parts);
    let at = 0;
    for (; at + CHUNK <= size; at += CHUNK) yield { bytes: bytes.subarray(at, at + CHUNK), ended: false };
    parts = at < size ? [bytes.subarray(at)] : [];
    size -= at;
  }
  yield { bytes: Buffer.concat(parts), ended: true };
}

function decoderFor(head: Buffer): Decode {
  if (head[0] === 0xff && head[1] === 0xfe) return createUtf16Decoder('little');
  if (head[0] === 0xfe && head[1] === 0xff) return createUtf16Decoder('big');
  const zeros = { even: 0, odd: 0 };
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2 === 0 ? 'even' : 'odd'] += 1;
  // Mostly Latin text in UTF-16 has a zero in every second byte; text in any other encoding has none at all.
  if (zeros.odd > head.length / 4 && zeros.even === 0) return createUtf16Decoder('little');
  if (zeros.even > head.length / 4 && zeros.odd === 0) return createUtf16Decoder('big');
  return createByteDecoder();
}

function createUtf16Decoder(order: 'little' | 'big'): Decode {
  const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });
  let odd: Buffer = Buffer.alloc(0);
  return (bytes, ended) => {
    if (order === 'little') return decoder.decode(bytes, { stream: !ended });
    const all = Buffer.concat([odd, bytes]);
    const even = all.length - (all.length % 2);
    odd = all.subarray(even);
    return (
      decoder.decode(all.subarray(0, even).swap16(), { stream: !ended }) + (ended && odd.length > 0 ? '\uFFFD' : '')
    );
  };
}

/**
 * UTF-8 until a chunk proves otherwise, then Windows-1252 to the end: what came before was plain ASCII, which both share.
 * Once real UTF-8 was seen, a bad byte is damage and not another encoding.
 */
function createByteDecoder(): Decode {
  let kind: 'ascii' | 'utf-8' | 'windows-1252' = 'ascii';
  let tail: Buffer = Buffer.alloc(0);
  return (bytes, ended) => {
    if (kind === 'windows-1252') return decodeWindows1252(bytes);
    const all = tail.length > 0 ? Buffer.concat([tail, bytes]) : bytes;
    const whole = ended ? all : all.subarray(0, completeLength(all));
    tail = all.subarray(whole.length);
    if (isAscii(whole)) return whole.toString('latin1');
    const text = whole.toString('utf8');
    if (kind === 'ascii' && !isUtf8(whole) && !looksLikeUtf8(text)) {
      kind = 'windows-1252';
      return decodeWindows1252(all);
    }
    kind = 'utf-8';
    return text;
  };
}

/** Whether more characters of `text` were read as real UTF-8 than had to be replaced. */
function looksLikeUtf8(text: string): boolean {
  const beyondAscii = text.match(/[\u0080-\uFFFC]/g)?.length ?? 0;
  const replaced = text.match(/\uFFFD/g)?.length ?? 0;
  return beyondAscii > replaced;
}

/** Length of `bytes` without a UTF-8 sequence that its end cuts in two. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80] ?? char);
}
