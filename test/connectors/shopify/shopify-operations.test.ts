import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  buildClientSchema,
  type GraphQLSchema,
  getVariableValues,
  type IntrospectionQuery,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
  visit,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { shopifyConnector } from '../../../main/channels/shopify/channel.ts';
import { type OperationName, operations } from '../../../main/channels/shopify/operations.ts';
import {
  otherCarrier,
  shopifyCarriers,
  trackingCompanies,
  trackingInfo,
} from '../../../main/channels/shopify/tracking-companies.ts';
import { sample, samplesAreThere, samplesFolder, withoutSamples } from '../support/parsing.ts';
import { askedOfShopify } from './shopify-world.ts';

const names = Object.keys(operations) as OperationName[]; // keys of a constant object

function trueSchema(): GraphQLSchema {
  const packed = readFileSync(resolve(samplesFolder, 'shopify/admin_2026-10.json.gz'));
  const read = JSON.parse(gunzipSync(packed).toString('utf8')) as { data?: IntrospectionQuery } & IntrospectionQuery; // an introspection, with or without its envelope
  return buildClientSchema(read.data ?? read);
}

function operationOf(text: string): OperationDefinitionNode {
  const [definition] = parse(text).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return definition;
}

describe.skipIf(!samplesAreThere)(`against Shopify's true schema (${withoutSamples})`, () => {
  const schema = samplesAreThere ? trueSchema() : undefined;

  test.each(names)('%s asks for nothing that is not there', (name) => {
    if (!schema) throw new Error(withoutSamples);

    expect(validate(schema, parse(operations[name])).map(({ message }) => message)).toEqual([]);
    expect(operationOf(operations[name]).name?.value).toBe(name);
  });

  test('every question and command that the connector sends carries variables that fit', async () => {
    if (!schema) throw new Error(withoutSamples);
    const asked = await askedOfShopify();
    const faults = asked.flatMap(({ query, variables }) => {
      const { variableDefinitions = [], name } = operationOf(query);
      const { errors = [] } = getVariableValues(schema, variableDefinitions, variables);
      return errors.map(({ message }) => `${name?.value}: ${message}`);
    });
    const sent = new Set(asked.map(({ query }) => operationOf(query).name?.value));

    expect(faults).toEqual([]);
    expect(names.filter((name) => !sent.has(name))).toEqual([]);
  });

  test('the names of carriers are exactly those for which Shopify makes the link', () => {
    const { global, byShopCountry } = JSON.parse(sample('shopify/tracking_companies_2026-10.json')) as {
      global: string[];
      byShopCountry: Record<string, string[]>;
    }; // the file's own shape
    const known = new Set([...global, ...Object.values(byShopCountry).flat()]);

    expect([...trackingCompanies].sort()).toEqual([...global].sort());
    expect(Object.values(shopifyCarriers).filter(({ code }) => !known.has(code))).toEqual([]);
  });
});

/** Since 2026-04 these are refused without a key when they run; the schema does not say so. */
const WANTS_KEY = /^(?:inventory(?:Adjust|Set|Move|Activate|Shipment|Transfer)\w*|refundCreate)$/;

/** Root fields of a command that lack what Shopify wants of them only when it runs. */
function lacking(text: string): string[] {
  const found: string[] = [];
  visit(operationOf(text), {
    Field(node, _key, _parent, path) {
      // definition → selection set → selections → index
      if (path.length > 3 || !WANTS_KEY.test(node.name.value)) return;
      const key = node.directives?.find(({ name }) => name.value === 'idempotent')?.arguments?.[0]?.value;
      if (key?.kind !== Kind.VARIABLE) found.push(node.name.value);
    },
  });
  return found;
}

describe('what the schema does not tell', () => {
  test.each(names)('%s carries a key where Shopify refuses to run it without', (name) => {
    expect(lacking(operations[name])).toEqual([]);
  });

  test('a command without a key is noticed', () => {
    expect(lacking('mutation M($i: X!) { inventorySetQuantities(input: $i) { userErrors { code } } }')).toEqual([
      'inventorySetQuantities',
    ]);
    expect(lacking('mutation M($i: X!) { refundCreate(input: $i) { userErrors { code } } }')).toEqual(['refundCreate']);
  });

  test('stock is set only with the number that it is changed from, also where there is none', async () => {
    const asked = await askedOfShopify();
    const inputs = asked.filter(({ query }) => query === operations.SetStock).map(({ variables }) => variables);

    expect(inputs.length).toBeGreaterThan(0);
    for (const variables of inputs) {
      expect(variables).toMatchObject({
        key: expect.stringMatching(/.+/),
        input: { quantities: [expect.objectContaining({ changeFromQuantity: expect.toSatisfy(isNumberOrNull) })] },
      });
    }
  });
});

const isNumberOrNull = (value: unknown): boolean => value === null || typeof value === 'number';

describe('a carrier', () => {
  const parcel = { tracking: 'T1', trackingUrl: 'https://track.example/T1' };

  test('that Shopify knows needs no link of ours', () => {
    expect(trackingInfo({ ...parcel, carrier: { code: 'Colissimo', name: 'Colissimo' } })).toEqual({
      company: 'Colissimo',
      number: 'T1',
    });
  });

  test('that is on no list of ours is told by its own name, with our link where there is one', () => {
    const carrier = { ...otherCarrier, name: 'Vélo Express' };

    expect(trackingInfo({ ...parcel, carrier })).toEqual({
      ...{ company: 'Vélo Express', number: 'T1', url: 'https://track.example/T1' },
    });
    expect(trackingInfo({ ...parcel, trackingUrl: null, carrier })).toEqual({ company: 'Vélo Express', number: 'T1' });
    expect(shopifyConnector.otherCarrier).toEqual(otherCarrier);
  });

  test('that it does not know, also by a capital letter, carries our link', () => {
    expect(trackingInfo({ ...parcel, carrier: { code: 'colissimo', name: '' } })).toEqual({
      company: 'colissimo',
      number: 'T1',
      url: 'https://track.example/T1',
    });
  });
});
