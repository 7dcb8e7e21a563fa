import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mod10CheckDigit } from '../../../shared/barcode/check-digits.ts';
import { classifyScan } from '../../../shared/barcode/classify-scan.ts';
import {
  encodeRma,
  encodeStationCode,
  parseRma,
  parseStationCode,
  stationCodeKinds,
} from '../../../shared/barcode/station-codes.ts';
import { commandNames, commandPayload, parseCommand } from '../../../shared/barcode/station-commands.ts';

const kind = fc.constantFrom(...stationCodeKinds);
const payload = fc.stringMatching(/^[A-Z0-9-]{1,24}$/);
const context = { now: '2026-11-22T10:00:00.000Z' };

describe('our own codes', () => {
  test('a location card reads as it was printed', () => {
    expect(encodeStationCode('location', 'A-01-2')).toMatch(/^PWLA-01-2[0-9A-Z]$/);
    expect(parseStationCode(encodeStationCode('location', 'A-01-2'))).toEqual({ kind: 'location', payload: 'A-01-2' });
  });

  test('every kind and payload comes back', () => {
    fc.assert(
      fc.property(kind, payload, (name, text) => {
        expect(parseStationCode(encodeStationCode(name, text))).toEqual({ kind: name, payload: text });
      }),
    );
  });

  test('one wrong character never passes', () => {
    const character = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    fc.assert(
      fc.property(kind, payload, fc.nat(), character, (name, text, place, wrong) => {
        const code = encodeStationCode(name, text);
        const at = 3 + (place % (code.length - 3));
        fc.pre(code[at] !== wrong && code[at] !== '-');
        expect(parseStationCode(code.slice(0, at) + wrong + code.slice(at + 1))).toEqual({ problem: 'check' });
      }),
    );
  });

  test('a payload we never print is told from a damaged card', () => {
    expect(parseStationCode('PWTa b7')).toEqual({ problem: 'shape' });
    expect(parseStationCode(`PWT${'A'.repeat(25)}7`)).toEqual({ problem: 'shape' });
    expect(parseStationCode('PWTX')).toEqual({ problem: 'shape' });
    expect(parseStationCode('PWX-1')).toBeUndefined();
    expect(() => encodeStationCode('tote', 'a')).toThrow('station-code.bad-payload');
  });

  test('no number of goods or parcels is ever one of them', () => {
    const number = fc
      .constantFrom(7, 11, 12, 13, 17)
      .chain((length) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`)));
    const aim = fc.constantFrom('', ']E0', ']E4', ']C1', ']C0', ']I1', 'F]E0', ']C101', ']C100', ']d201');
    fc.assert(
      fc.property(number, aim, (body, prefix) => {
        const text = prefix + body + mod10CheckDigit(body);
        expect(parseStationCode(text)).toBeUndefined();
        expect(parseRma(text)).toBeUndefined();
        const scan = classifyScan(text, context);
        if (scan.ok) expect(['item', 'sscc', 'tracking', 'text']).toContain(scan.kind);
      }),
    );
  });
});

describe('commands', () => {
  test('every command has a card that reads as itself', () => {
    const commands = commandNames.map((name) => {
      const argument = {
        quantity: '12',
        carton: 'M',
        zone: 'A',
        parcel: '2',
        reason: 'DAMAGED',
        days: '3',
        digit: '0',
      };
      return name in argument ? { name, argument: argument[name as keyof typeof argument] } : { name }; // narrowed here
    });
    for (const command of commands) expect(parseCommand(commandPayload(command) ?? '')).toEqual(command);
    expect(commandPayload({ name: 'quantity', argument: '12' })).toBe('QTY-12');
    expect(commandPayload({ name: 'carton', argument: 'M' })).toBe('CARTON-M');
    expect(commandPayload({ name: 'next-parcel' })).toBe('NEXT-PARCEL');
  });

  test.each(['QTY-0', 'QTY-', 'QTY-012', 'QTY-10000', 'QTY--1', 'CARTON-', 'QUANTITY', 'CARTON', 'EXPLODE', ''])(
    '%j is no command',
    (text) => {
      expect(parseCommand(text)).toBeUndefined();
    },
  );

  test('an argument that does not fit makes no card', () => {
    expect(commandPayload({ name: 'confirm', argument: '1' })).toBeUndefined();
    expect(commandPayload({ name: 'quantity' })).toBeUndefined();
    expect(commandPayload({ name: 'quantity', argument: '1.5' })).toBeUndefined();
  });
});

describe('RMA codes', () => {
  test('come back, and one wrong character does not', () => {
    const code = encodeRma('7Z3K9QM');
    expect(code).toMatch(/^R7Z3K9QM[0-9A-Z]$/);
    expect(parseRma(code)).toBe(code);
    expect(parseRma(code.replace('K', 'H'))).toBeUndefined();
  });

  test('typed with O, I and L for 0 and 1 they are put right', () => {
    const code = encodeRma('10A0B1C');
    const check = code.slice(-1);
    expect(parseRma(`RIOAOBLC${check}`)).toBe(code);
  });

  test('are not made of letters that look like digits', () => {
    expect(() => encodeRma('ILOU000')).toThrow('rma.bad-characters');
    expect(() => encodeRma('123456')).toThrow('rma.bad-characters');
  });
});
