import { describe, expect, test } from 'vitest';
import { openApi } from '../../../main/app/open-api.ts';
import { calls } from '../../../shared/contract/index.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: object[];
  readonly parameters: { name: string; in: string }[];
  readonly requestBody: { content: Record<string, { schema: Schema }> };
  readonly responses: Record<string, { description: string; content: Record<string, { schema: Schema }> }>;
}
interface Schema {
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties?: Record<string, Schema>;
  readonly const?: unknown;
}

// The document as those who integrate read it: JSON.
const api = JSON.parse(JSON.stringify(openApi())) as {
  openapi: string;
  info: object;
  components: { securitySchemes: object };
  paths: Record<string, Record<string, Operation>>;
};
const operation = (name: string): Operation | undefined => api.paths[`/api/${name}`]?.post;

function everything(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return [value, ...Object.values(value).flatMap(everything)];
}

describe('the OpenAPI document', () => {
  test('says its version and how to sign in', () => {
    expect(api.openapi).toBe('3.1.0');
    expect(api.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    expect(api.components.securitySchemes).toEqual({ session: { type: 'http', scheme: 'bearer' } });
  });

  test('lists every call of the contract and nothing else', () => {
    expect(Object.keys(api.paths).sort()).toEqual(
      Object.keys(calls)
        .map((name) => `/api/${name}`)
        .sort(),
    );
  });

  test.each(Object.entries(calls))('describes %s', (name, call) => {
    const described = operation(name);

    expect(described).toMatchObject({ operationId: name, summary: call.summary });
    expect(described?.requestBody.content['application/json']?.schema.type).toBe('object');
    expect(described?.responses['200']?.content['application/json']?.schema).toMatchObject({
      type: 'object',
      required: ['ok', 'output'],
      properties: { ok: { const: true } },
    });
    expect(described?.responses.default?.content['application/json']?.schema).toMatchObject({
      required: ['ok', 'error'],
      properties: { ok: { const: false } },
    });
  });

  test('asks for a session everywhere but where one is opened', () => {
    const open = Object.keys(calls).filter((name) => operation(name)?.security.length === 0);

    expect(open).toEqual(['stations.open-session']);
  });

  test('offers the idempotency key for commands only', () => {
    const withKey = Object.keys(calls).filter((name) =>
      operation(name)?.parameters.some(
        (parameter) => parameter.name === 'Idempotency-Key' && parameter.in === 'header',
      ),
    );
    const commands = Object.entries(calls).flatMap(([name, call]) => (call.kind === 'command' ? [name] : []));

    expect(withKey).toEqual(commands);
  });

  test('asks for what has no default and leaves the rest to the caller', () => {
    const schema = operation('bench.scan')?.requestBody.content['application/json']?.schema;

    expect(schema?.required).toEqual(['raw']);
    expect(Object.keys(schema?.properties ?? {})).toEqual(['raw', 'source']);
  });

  test('has operation ids that are unique and no reference that leads nowhere', () => {
    const ids = Object.values(api.paths).map((path) => path.post?.operationId);
    const references = everything(api).flatMap((value) =>
      typeof value === 'object' && value !== null && '$ref' in value ? [value.$ref] : [],
    );

    expect(new Set(ids).size).toBe(ids.length);
    // A reference inside one call's schema would count from the root of the whole document.
    expect(references).toEqual([]);
  });
});
