import { describeConnector } from '../support/connector-suite.ts';
import { easypost } from './easypost.ts';

describeConnector(easypost);
