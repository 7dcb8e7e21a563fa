type Details = Readonly<Record<string, unknown>>;

/** Who it was: the host, the platform, or just the shop. */
const who = (d: Details): string => String(d.host || d.channel || d.shop || 'the shop');

/** The platform's own words where it had any. */
function said(d: Details): string {
  const words = [d.code, d.message ?? d.text].filter((one) => typeof one === 'string' && one !== '');
  return words.length > 0 ? ` (${words.join(': ')})` : '';
}

/** What happened with a shop and what to do, in one line, for the command line. */
export const shopSentences: Readonly<Record<string, (details: Details) => string>> = {
  'channel.unknown': (d) => `There is no channel ${d.channel}; known are ${String(d.known)}.`,
  'channel.unknown-time-zone': (d) =>
    `There is no time zone ${d.timeZone}. Write it like Europe/Paris or +01:00. Nothing was read.`,
  'channel.not-json': (d) => `The answer of ${who(d)} is not JSON but ${d.got ?? 'something else'}. Nothing was read.`,
  'channel.unreadable-answer': (d) =>
    `The answer of ${who(d)} is none of its known forms (${d.got ?? 'unknown'}). Nothing was read.`,
  'channel.refused': (d) => `${who(d)} refused${said(d)}. Check the rights of the key.`,
  'channel.throttled': (d) => `${who(d)} asks to wait${said(d)}. Nothing is lost; try again later.`,
  'channel.sign-in-expired': (d) =>
    `${who(d)} does not accept the key or token${said(d)}. Enter a new one with "packwright channels connect".`,
  'channel.unreachable': (d) => `${who(d)} cannot be reached. Nothing was sent. Check network and address.`,
  'channel.timeout': (d) => `${who(d)} did not answer. Nothing is lost; try again.`,
  'channel.unavailable': (d) => `${who(d)} is out of order${said(d)}. Nothing is lost; try again.`,
  'channel.unreadable': (d) => `The answer of ${who(d)} broke off. Nothing is lost; try again.`,
  'channel.bad-file': (d) => `The file does not say what is needed: ${d.reason}. Nothing was changed.`,
  'channel.bad-config': (d) =>
    `Fields of the shop are missing or wrong${d.fields ? `: ${String(d.fields)}` : ''}. Nothing was stored.`,
  'channel.unknown-connector': (d) =>
    `There is no platform ${d.connector}: shopify, prestashop, woocommerce, tiktok_shop, amazon, wechat_shop, xiaohongshu, pinduoduo or taobao.`,
  'channel.unknown-shop': (d) => `There is no shop ${d.id}. "packwright channels" lists them.`,
  'channel.connected-already': (d) => `This shop is connected already as "${d.title}" (${d.key}). Nothing was stored.`,
  'channel.other-shop': (d) =>
    `These fields belong to another shop (${d.now} instead of ${d.before}). Nothing was stored: connect it as a shop of its own.`,
  'channel.shop-changed': () => 'Somebody else changed this shop meanwhile. Nothing was stored. Try again.',
  'channel.read-elsewhere': () =>
    'A station or another command reads this shop now. Nothing is lost: its orders are coming.',
  'channel.no-simulation': (d) => `The platform ${d.name} cannot be played here.`,
  'channel.port-in-use': (d) => `Nothing can listen on port ${d.port} (${d.reason}). Name another one with --port.`,
  'drop.folder-missing': (d) => `There is no folder ${d.folder}.`,
  'outbox.unknown-message': (d) => `There is no message ${d.id}. "packwright outbox" lists them.`,
  'outbox.not-parked': (d) => `The message ${d.id} was not given up${d.state ? `: it is ${d.state}` : ''}.`,
  'order.nothing-left': (d) => `Nothing of order ${d.number} is left to be sent: it is ${d.state}.`,
  'order.in-hands': (d) =>
    `Order ${d.number} is ${d.state} at a bench: nothing was marked. Finish it there; while nothing of it is picked, leaving it there is enough.`,
  'order.cancelled-already': (d) =>
    `Order ${d.number} was cancelled: nothing was marked. Stop the parcel if you still can.`,
  'order.cancel-requested': (d) =>
    `The buyer asks to cancel order ${d.number}: nothing was marked. Answer the buyer in the shop first.`,
  'order.kept-back': (d) => `Order ${d.number} is on hold (${d.reason}): nothing was marked.`,
  'order.label-of-platform': (d) =>
    `The platform makes the label of order ${d.number} and gives its number: nothing was marked. Pack it here, or print its label on the platform.`,
  'order.unknown-sku': (d) => `The order has no ${d.sku}.`,
  'order.too-many-units': (d) => `The order has not so many units of ${d.sku} left.`,
  'shop.order-not-of-shop': () => 'No connected shop gave this order: nobody can be told.',
  'shop.platform-label': (d) => `The platform itself made the label ${d.tracking}: its number cannot be changed here.`,
  'shop.unknown-shipment': (d) => `There is no parcel ${d.id} that a shop is told of.`,
  'shop.shipment-refused': (d) => `The shop refuses the parcel${said(d)}.`,
  'shop.effect-refused': (d) => `The shop refuses${said(d)}.`,
  'shop.no-carrier-name': (d) =>
    `The platform has no name for the carrier ${d.text ?? ''}. Name one in the shop's settings.`,
  'shop.takes-no-return': () => 'This platform is told of returns and refunds on its own pages only.',
  'shop.cannot-be-told': () => 'The platform cannot be told this. Do it on its own page.',
  'shop.cannot-correct': () => 'The platform takes no other tracking number. Do it on its own page.',
  'erase.nobody-named': () => 'Name a buyer with --email or --phone (six figures at least), or an order with --order.',
  'document.erased': () => 'This paper named a buyer whose data was erased. Nothing of it is left.',
  'label.order-on-hold': (d) => `The order is on hold (${d.reason ?? 'no reason given'}): no label was asked for.`,
  'label.address-unknown': () => 'The address is hidden or not complete: no label was made.',
};
