import { brokenOrder } from '../channel.ts';

/** An element as JSON would have it: text, or its children by name, several of one name as a list. */
export type XmlValue = string | { readonly [name: string]: XmlValue | readonly XmlValue[] };

interface Open {
  readonly name: string;
  readonly children: Map<string, XmlValue[]>;
  text: string;
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/y;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const DEEPEST = 64;

/**
 * The root element of a Webservice answer, as `{ prestashop: … }`.
 *
 * Reads what the Webservice writes and nothing else: a document type is refused, so no entity can grow or reach out.
 * Throws `channel.broken-order` where the text is no such XML.
 */
export function readXml(text: string): XmlValue {
  const root: Open = { name: '', children: new Map(), text: '' };
  const stack: [Open, ...Open[]] = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (!token) throw brokenOrder(`XML that cannot be read at character ${at}`);
    take(stack, token);
  }
  if (stack.length > 1) throw brokenOrder('XML that breaks off');
  return contentOf(root);
}

function take(stack: [Open, ...Open[]], token: RegExpExecArray): void {
  const [, data, slash, name, attributes = '', closed, characters] = token;
  const top = stack.at(-1) ?? stack[0];
  if (data !== undefined) top.text += data;
  else if (characters !== undefined) top.text += decode(characters);
  else if (name !== undefined && slash === '/') {
    if (stack.length === 1 || top.name !== name) throw brokenOrder(`XML with a stray </${name}>`);
    stack.pop();
    add(stack.at(-1) ?? stack[0], top);
  } else if (name !== undefined) {
    const element: Open = { name, children: attributesOf(attributes), text: '' };
    if (closed === '/') add(top, element);
    else if (stack.length > DEEPEST) throw brokenOrder('XML that is nested too deep');
    else stack.push(element);
  }
}

/** Lists without `display=full` carry the id as an attribute; the other attributes are links. */
function attributesOf(text: string): Map<string, XmlValue[]> {
  const id = /\sid\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(text);
  return new Map(id ? [['@id', [decode(id[1] ?? id[2] ?? '')]]] : []);
}

function add(parent: Open, { name, ...rest }: Open): void {
  const same = parent.children.get(name);
  const value = contentOf({ name, ...rest });
  if (same) same.push(value);
  else parent.children.set(name, [value]);
}

function contentOf({ children, text }: Open): XmlValue {
  const named = [...children].filter(([name]) => name !== '@id');
  const [id] = children.get('@id') ?? [];
  if (named.length === 0) return id === undefined || text.trim() !== '' ? text.trim() : { id };
  const entries = named.map(
    ([name, values]) => [name, values.length === 1 && values[0] !== undefined ? values[0] : values] as const,
  );
  return Object.fromEntries(id === undefined || children.has('id') ? entries : [['id', id] as const, ...entries]);
}

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,8}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
