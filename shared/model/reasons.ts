/** Why somebody lets something pass, holds it or sets it aside; each has a REASON card. */
export const reasonCodes = [
  'REPACKED',
  'WEIGHT-WRONG',
  'SCALE-DOUBT',
  'DAMAGED',
  'EXPIRED',
  'NOT-FOUND',
  'ADDRESS',
  'FRAUD',
  'PAYMENT',
  'BUYER-ASKED',
  'LABEL-TORN',
  'OTHER',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** Why somebody holds an order; the bench's REASON cards say the same in capitals. */
export const holdReasons = ['address', 'fraud', 'payment', 'buyer-asked', 'operator', 'other'] as const;
export type HoldReason = (typeof holdReasons)[number];

/**
 * Why its channel keeps an order back; ends by itself when the channel says otherwise. `waiting-for-channel`: not paid or not
 * released there yet; `address-unknown`: withheld, starred or encrypted, and the seller makes the label. `gone-from-channel`
 * and `unreadable-at-channel`: it was asked for the order before the label, and did not give it.
 */
export const channelHoldReasons = [
  'channel-hold',
  'cancel-requested',
  'risk',
  'address-unknown',
  'waiting-for-channel',
  'gone-from-channel',
  'unreadable-at-channel',
] as const;
export type ChannelHoldReason = (typeof channelHoldReasons)[number];

/** Why the station itself holds an order. */
export const stationHoldReasons = [
  ...['changed-by-channel', 'starts-again', 'cancelled-by-channel', 'hazardous', 'short'],
  ...channelHoldReasons,
] as const;

/** Reasons offered for each act that asks for one. */
export const reasonsFor = {
  override: ['REPACKED', 'WEIGHT-WRONG', 'SCALE-DOUBT', 'OTHER'],
  hold: ['ADDRESS', 'FRAUD', 'PAYMENT', 'BUYER-ASKED', 'OTHER'],
  short: ['NOT-FOUND', 'DAMAGED', 'EXPIRED', 'OTHER'],
  reprint: ['LABEL-TORN', 'OTHER'],
} as const satisfies Readonly<Record<string, readonly ReasonCode[]>>;
