import { z } from 'zod';
import { calls, FailedAnswer } from '../../shared/contract/index.ts';

/** The contract as OpenAPI 3.1, for those who integrate; made from the schemas that the door itself checks with. */
export function openApi(): object {
  const failure = {
    description: 'Refused; `error.code` says why',
    content: { 'application/json': { schema: z.toJSONSchema(FailedAnswer) } },
  };
  const paths = Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      `/api/${name}`,
      {
        post: {
          operationId: name,
          summary: call.summary,
          tags: [name.split('.')[0]],
          description: `${call.kind === 'command' ? 'Command' : 'Query'}; needs the role ${call.role}.`,
          security: name === 'stations.open-session' ? [] : [{ session: [] }],
          parameters:
            call.kind === 'command'
              ? [
                  {
                    name: 'Idempotency-Key',
                    in: 'header',
                    schema: { type: 'string' },
                    description: 'A repeat with the same key returns the first answer.',
                  },
                ]
              : [],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: z.toJSONSchema(call.input, { io: 'input' }) } },
          },
          responses: {
            200: {
              description: 'Done',
              content: {
                'application/json': { schema: z.toJSONSchema(z.object({ ok: z.literal(true), output: call.output })) },
              },
            },
            default: failure,
          },
        },
      },
    ]),
  );
  return {
    openapi: '3.1.0',
    info: { title: 'Packwright station', version: '1', description: 'Calls of the packing station’s door.' },
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    paths,
  };
}
