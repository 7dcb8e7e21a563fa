import { XMLParser } from 'fast-xml-parser';

/** Letters of ISO 8859-1 from À (192) on, by their names in HTML, in the order of their codes. */
const LETTERS = `Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml
  ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig
  agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml
  eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml`.split(/\s+/);

// Signs, dashes, quotation marks, currencies and numbers are the parser's own.
const parser = new XMLParser({ htmlEntities: true, parseTagValue: false, trimValues: false });
for (const [at, name] of LETTERS.entries()) parser.addEntity(name, String.fromCharCode(192 + at));

/**
 * Text that WooCommerce made for a page, as a person reads it there: `Mug &ndash; L&#8217;&eacute;t&eacute;` is
 * “Mug – L’été”. What is no entity stays as it is.
 */
export function plainText(html: string): string {
  if (!/&#?\w+;/.test(html)) return html;
  try {
    const { text }: { text?: unknown } = parser.parse(`<text>${html.replaceAll('<', '&lt;')}</text>`);
    return typeof text === 'string' ? text : html;
  } catch {
    return html; // more entities than the parser takes: nobody reads such a title anyway
  }
}
