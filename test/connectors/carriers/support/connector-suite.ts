import { describe, test } from 'vitest';
import { accountChecks } from './account-checks.ts';
import { aftermathChecks } from './aftermath-checks.ts';
import type { Check } from './check-support.ts';
import type { ConnectorUnderTest } from './connector-world.ts';
import { faultChecks } from './fault-checks.ts';
import { purchaseChecks } from './purchase-checks.ts';

/** Every sentence that holds for a carrier connector with these abilities, each with a carrier of its own behind a socket. */
export function connectorChecks(subject: ConnectorUnderTest): readonly Check[] {
  return [...accountChecks(subject), ...purchaseChecks(subject), ...faultChecks(subject), ...aftermathChecks(subject)];
}

/** The one suite that every carrier connector passes, against its simulated carrier. */
export function describeConnector(subject: ConnectorUnderTest): void {
  describe(`connector ${subject.connector.title}`, () => {
    for (const { title, run } of connectorChecks(subject)) test(title, run);
  });
}
