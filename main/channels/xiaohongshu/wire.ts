import { z } from 'zod';
import { wireCount, wireId, wireIdOrNone, wireList, wireText, wireTime } from '../../../shared/json/wire-values.ts';

const sku = z.object({
  skuId: wireId,
  skuName: wireText,
  erpcode: wireText,
  erpCode: wireText,
  barcode: wireText,
  skuSpec: wireText,
  skuQuantity: wireCount,
  skuTag: wireCount.nullish(),
  /** 1 none, 2 asked for, 3 done, 4 refused, 5 closed, 6 with the platform, 7 withdrawn. */
  skuAfterSaleStatus: wireCount.nullish(),
});
export type XhsSku = z.infer<typeof sku>;

const delivery = z.object({
  deliveryOrderIndex: wireIdOrNone,
  expressTrackingNo: wireText,
  expressCompanyCode: wireText,
  skuIdList: wireList(wireId),
});

/** The order of ARK's `order.getOrderDetail`; times are epoch milliseconds. */
export const XhsOrder = z.object({
  orderId: wireId,
  orderStatus: wireCount,
  cancelStatus: wireCount.nullish(),
  createdTime: wireTime,
  createTime: wireTime,
  paidTime: wireTime,
  updateTime: wireTime,
  updatedTime: wireTime,
  promiseLastDeliveryTime: wireTime,
  orderType: wireCount.nullish(),
  totalPayAmount: wireCount.nullish(),
  openAddressId: wireIdOrNone,
  receiverProvinceName: wireText,
  receiverCityName: wireText,
  receiverDistrictName: wireText,
  expressTrackingNo: wireText,
  expressCompanyCode: wireText,
  customerRemark: wireText,
  sellerRemark: wireText,
  skuList: wireList(sku),
  simpleDeliveryOrderList: wireList(delivery),
});
export type XhsOrder = z.infer<typeof XhsOrder>;
