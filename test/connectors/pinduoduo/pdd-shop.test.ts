import { shopSuite } from '../support/shop-suite.ts';
import { pinduoduo, withoutSharedLines } from '../support/windowed-shops.ts';

shopSuite(withoutSharedLines(pinduoduo));
