import { shopSuite } from '../support/shop-suite.ts';
import { taobao, withoutSharedLines } from '../support/windowed-shops.ts';

shopSuite(withoutSharedLines(taobao));
