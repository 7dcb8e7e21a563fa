import { describe } from 'vitest';
import { powerCuts } from '../../support/power-cuts.ts';

// A file for each database, so that both run at the same time.
describe('the power fails a hundred times during a shift on sqlite', () => powerCuts('sqlite'));
