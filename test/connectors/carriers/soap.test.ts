import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type CarrierCall, carrierHttp } from '../../../main/carriers/carrier-http.ts';
import { askSoap, readSoap, soapEnvelope } from '../../../main/carriers/carrier-soap.ts';
import { frenchDay, kilograms, plainText } from '../../../main/carriers/carrier-text.ts';
import { serveCarrier } from './support/served-carrier.ts';

const answering = (status: number, body: string) => {
  const asked: CarrierCall[] = [];
  const http = async (call: CarrierCall) => {
    asked.push(call);
    return { status, headers: new Headers(), bytes: Buffer.from(body) };
  };
  return { asked, ask: () => askSoap(http, { url: 'https://example.com/ws', action: 'urn:do', body: { Do: '' } }) };
};

const told = (text: string): unknown => {
  const reply = readSoap(soapEnvelope({ body: { Do: { '@xmlns': 'urn:x', Name: text } } }));
  return reply.outcome === 'answered' ? reply.body : reply;
};

describe('an envelope', () => {
  test.each(['<b>&]]></b>', 'R&D; 5', 'O\'Hara & "Sons"', '木村 拓哉', 'Zoë\u00a0Œuvre', '0042', '1e3', 'true'])(
    'carries %s as it is',
    (text) => {
      expect(told(text)).toEqual({ Do: { Name: text } });
    },
  );

  test('loses what XML cannot say, not the parcel', () => {
    expect(told('Ad\u0000a\u0008 Ex\ud800ample\ufffe')).toEqual({ Do: { Name: 'Ada Example' } });
  });

  test('is read again whatever stands in a name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const name = z.object({ Do: z.object({ Name: z.string() }) }).parse(told(`a${text}b`)).Do.Name;
        expect([name.at(0), name.at(-1)]).toEqual(['a', 'b']);
      }),
    );
  });

  test('leaves out what is not given and keeps what is empty', () => {
    const text = soapEnvelope({ body: { Do: { A: undefined, B: '', C: ['1', undefined, '2'], D: false } } });
    expect(text).toContain('<soap:Body><Do><B/><C>1</C><C>2</C><D>false</D></Do></soap:Body>');
  });

  test('is read whatever its prefixes, its numbers as texts', () => {
    const text =
      '<?xml version="1.0"?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>' +
      '<n:R xmlns:n="urn:x"><n:Num> 012345 </n:Num><n:Ville>ORL&#201;ANS</n:Ville><n:Empty/></n:R></S:Body></S:Envelope>';
    expect(readSoap(text)).toEqual({
      outcome: 'answered',
      body: { R: { Num: '012345', Ville: 'ORLÉANS', Empty: '' } },
    });
  });

  test.each([
    ['a page', '<!doctype html><title>Maintenance</title>'],
    ['half an envelope', '<soap:Envelope><soap:Body><R>'],
    ['other XML', '<html><body/></html>'],
    ['JSON', '{"unexpected":true}'],
    ['nothing', ''],
    [
      'entities that grow',
      `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${[...'bcdefgh'].map((name, at) => `<!ENTITY ${name} "${`&${'abcdefgh'[at]};`.repeat(10)}">`).join('')}]><x>&h;</x>`,
    ],
  ])('is not %s', (_words, text) => {
    expect(() => readSoap(text)).toThrow(/carrier.unreadable/);
  });
});

describe('a SOAP service', () => {
  const fault =
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>' +
    '<faultcode>soap:Server</faultcode><faultstring>no</faultstring></soap:Fault></soap:Body></soap:Envelope>';

  test('is told the action and that a 500 is to be read', async () => {
    const { ask, asked } = answering(200, soapEnvelope({ body: { Done: '' } }));
    expect(await ask()).toEqual({ outcome: 'answered', body: { Done: '' } });
    expect(asked[0]).toMatchObject({ method: 'POST', reads500: true, headers: { soapaction: '"urn:do"' } });
  });

  test('may answer a fault with status 500', async () => {
    expect(await answering(500, fault).ask()).toMatchObject({ outcome: 'fault', code: 'soap:Server', text: 'no' });
  });

  test.each([
    [500, '<html>Runtime Error</html>', 'carrier.unavailable'],
    [200, '<html>Maintenance</html>', 'carrier.unreadable'],
    [403, '<html>Forbidden</html>', 'carrier.sign-in-refused'],
  ])('that answers %i and a page is told apart: %s → %s', async (status, body, code) => {
    await expect(answering(status, body).ask()).rejects.toMatchObject({ code });
  });

  test.each([
    [500, undefined, 'carrier.unavailable'],
    [502, true, 'carrier.unavailable'],
    [503, true, 'carrier.unavailable'],
  ] as const)('over the wire, %i read as 500 (%s) is %s', async (status, reads500, code) => {
    const served = await serveCarrier({ fetch: async () => new Response() });
    served.answerWith(status, fault, 'text/xml');
    const call = { method: 'POST', url: `${served.baseUrl}/ws`, body: '' } as const;
    await expect(carrierHttp({ ...call, ...(reads500 ? { reads500 } : {}) })).rejects.toMatchObject({ code });
    await served.close();
  });

  test('over the wire, a 500 that is to be read comes back whole', async () => {
    const served = await serveCarrier({ fetch: async () => new Response() });
    served.answerWith(500, fault, 'text/xml');
    const reply = await carrierHttp({ method: 'POST', url: `${served.baseUrl}/ws`, body: '', reads500: true });
    expect(Buffer.from(reply.bytes).toString()).toBe(fault);
    await served.close();
  });
});

describe('texts and weights of French services', () => {
  test.each([
    ['Łukasz Ñuñez – «Œuvre»', 'Lukasz Nunez - "OEuvre"'],
    ['Straße 5', 'Strasse 5'],
    ['木村 Takuya', 'Takuya'],
  ])('%s is %s in plain letters', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  test('no weight is ever rounded down', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 130_000_000 }), fc.constantFrom(2, 3), (weightMg, decimals) => {
        const kg = Number(kilograms(weightMg, decimals));
        expect(kg * 1_000_000).toBeGreaterThanOrEqual(weightMg - 1e-3);
        expect(kg * 1_000_000).toBeLessThan(weightMg + 10 ** (6 - decimals) + 1e-3);
      }),
    );
  });

  test('a day is written as in France', () => {
    expect(frenchDay('2026-11-23')).toBe('23/11/2026');
  });
});
