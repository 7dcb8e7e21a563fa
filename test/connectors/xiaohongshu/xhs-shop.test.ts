import { shopSuite } from '../support/shop-suite.ts';
import { withoutSharedLines, xiaohongshu } from '../support/windowed-shops.ts';

shopSuite(withoutSharedLines(xiaohongshu));
