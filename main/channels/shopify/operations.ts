/** Every question and command that the Admin API is sent, as text; validated against its schema by a test. */

const PAGE = 'pageInfo { hasNextPage endCursor }';

const LINE = `id sku title name variantTitle quantity currentQuantity unfulfilledQuantity requiresShipping
  variant { id sku barcode }
  originalUnitPriceSet { shopMoney { amount currencyCode } }
  customAttributes { key value }`;

const FULFILLMENT_ORDER_LINE = 'id remainingQuantity totalQuantity lineItem { id }';

const FULFILLMENT_ORDER = `id status fulfillAt fulfillBy
  fulfillmentHolds { reason reasonNotes }
  deliveryMethod { methodType }
  assignedLocation { name location { id } }
  lineItems(first: 10) { nodes { ${FULFILLMENT_ORDER_LINE} } ${PAGE} }`;

const FULFILLMENT_LINE = 'quantity lineItem { id }';

const FULFILLMENT = `id status
  trackingInfo { company number url }
  fulfillmentLineItems(first: 10) { nodes { ${FULFILLMENT_LINE} } ${PAGE} }`;

/** The same of a long list: fewer lines each, else the question is too dear. */
const FULFILLMENT_SHORT = FULFILLMENT.replace('first: 10', 'first: 3');

const ORDER = `id name createdAt processedAt updatedAt cancelledAt
  displayFinancialStatus displayFulfillmentStatus fullyPaid paymentGatewayNames currencyCode
  totalPriceSet { shopMoney { amount currencyCode } }
  note email phone tags sourceName
  app { name }
  attribution { handle displayName }
  customAttributes { key value }
  customerJourneySummary { ready lastVisit { source referrerUrl landingPage utmParameters { source } } }
  risk { recommendation }
  shippingAddress { name company address1 address2 zip city province provinceCode countryCodeV2 phone }
  shippingLine { title }
  lineItems(first: 10) { nodes { ${LINE} } ${PAGE} }
  fulfillmentOrders(first: 2) { nodes { ${FULFILLMENT_ORDER} } ${PAGE} }
  fulfillmentsCount { count }
  fulfillments(first: 2) { ${FULFILLMENT} }`;

const RETURN_LINES = `returnLineItems(first: 40) {
    nodes { id processedQuantity unprocessedQuantity ... on ReturnLineItem { fulfillmentLineItem { lineItem { id } } } }
    ${PAGE}
  }`;

const USER_ERRORS = 'userErrors { field message }';

/** Keyed by the operation's own name, which the platform's logs show. */
export const operations = {
  Check: `query Check {
    shop { name myshopifyDomain }
    currentAppInstallation { accessScopes { handle } }
    orders(first: 1, sortKey: UPDATED_AT, reverse: true) { nodes { id shippingAddress { name address1 } } }
  }`,
  /** First step of reading: the same \`search\` through all pages, else the cursor means nothing. */
  ChangedOrders: `query ChangedOrders($after: String, $search: String!) {
    orders(first: 250, after: $after, sortKey: UPDATED_AT, query: $search) { nodes { id updatedAt } ${PAGE} }
  }`,
  Orders: `query Orders($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Order { ${ORDER} } } }`,
  OrderLines: `query OrderLines($id: ID!, $after: String) {
    order(id: $id) { lineItems(first: 150, after: $after) { nodes { ${LINE} } ${PAGE} } }
  }`,
  OrderFulfillmentOrders: `query OrderFulfillmentOrders($id: ID!, $after: String) {
    order(id: $id) { fulfillmentOrders(first: 20, after: $after) { nodes { ${FULFILLMENT_ORDER} } ${PAGE} } }
  }`,
  FulfillmentOrderLines: `query FulfillmentOrderLines($id: ID!, $after: String) {
    node(id: $id) { ... on FulfillmentOrder { lineItems(first: 250, after: $after) { nodes { ${FULFILLMENT_ORDER_LINE} } ${PAGE} } } }
  }`,
  /** A list without pages: it is asked for as long as it is. */
  OrderFulfillments: `query OrderFulfillments($id: ID!, $first: Int!) {
    order(id: $id) { fulfillments(first: $first) { ${FULFILLMENT_SHORT} } }
  }`,
  FulfillmentLines: `query FulfillmentLines($id: ID!, $after: String) {
    node(id: $id) { ... on Fulfillment { fulfillmentLineItems(first: 250, after: $after) { nodes { ${FULFILLMENT_LINE} } ${PAGE} } } }
  }`,
  /** What shipping and asking back need of an order. */
  OrderToShip: `query OrderToShip($id: ID!) {
    order(id: $id) {
      id name cancelledAt
      fulfillmentOrders(first: 10) { nodes { ${FULFILLMENT_ORDER} } ${PAGE} }
      fulfillmentsCount { count }
      fulfillments(first: 10) { ${FULFILLMENT} }
    }
  }`,
  Ship: `mutation Ship($fulfillment: FulfillmentInput!) {
    fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id status } ${USER_ERRORS} }
  }`,
  CorrectTracking: `mutation CorrectTracking($id: ID!, $tracking: FulfillmentTrackingInput!) {
    fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: true) {
      fulfillment { id } ${USER_ERRORS}
    }
  }`,
  OpenFulfillmentOrder: `mutation OpenFulfillmentOrder($id: ID!) {
    fulfillmentOrderOpen(id: $id) { fulfillmentOrder { id status } ${USER_ERRORS} }
  }`,
  BeginWork: `mutation BeginWork($id: ID!) {
    fulfillmentOrderReportProgress(id: $id) { fulfillmentOrder { id status } userErrors { code field message } }
  }`,
  Cancel: `mutation Cancel($id: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $note: String) {
    orderCancel(orderId: $id, reason: $reason, restock: $restock, notifyCustomer: true, staffNote: $note) {
      job { id done } orderCancelUserErrors { code field message }
    }
  }`,
  CancelState: `query CancelState($job: ID!, $id: ID!) { job(id: $job) { id done } order(id: $id) { id cancelledAt } }`,
  CancelledAt: `query CancelledAt($id: ID!) { order(id: $id) { id cancelledAt tags } }`,
  Tag: `mutation Tag($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { node { id } ${USER_ERRORS} } }`,
  CancelPlan: `query CancelPlan($id: ID!, $key: String!) {
    order(id: $id) {
      id cancelledAt
      metafield(namespace: "packwright", key: $key) { value }
      lineItems(first: 150) { nodes { id sku currentQuantity unfulfilledQuantity } ${PAGE} }
    }
  }`,
  KeepPlan: `mutation KeepPlan($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) { metafields { id } userErrors { code field message } }
  }`,
  BeginEdit: `mutation BeginEdit($id: ID!) {
    orderEditBegin(id: $id) { calculatedOrder { id lineItems(first: 150) { nodes { id quantity } ${PAGE} } } ${USER_ERRORS} }
  }`,
  SetQuantity: `mutation SetQuantity($edit: ID!, $line: ID!, $quantity: Int!, $restock: Boolean!) {
    orderEditSetQuantity(id: $edit, lineItemId: $line, quantity: $quantity, restock: $restock) {
      calculatedOrder { id } ${USER_ERRORS}
    }
  }`,
  CommitEdit: `mutation CommitEdit($edit: ID!, $note: String) {
    orderEditCommit(id: $edit, notifyCustomer: true, staffNote: $note) { order { id } ${USER_ERRORS} }
  }`,
  Returns: `query Returns($id: ID!, $after: String) {
    order(id: $id) { id returns(first: 5, after: $after) { nodes { id status ${RETURN_LINES} } ${PAGE} } }
  }`,
  ReturnLines: `query ReturnLines($id: ID!, $after: String) {
    node(id: $id) { ... on Return { ${RETURN_LINES.replace('first: 40', 'first: 40, after: $after')} } }
  }`,
  ProcessReturn: `mutation ProcessReturn($input: ReturnProcessInput!) {
    returnProcess(input: $input) { return { id status } userErrors { code field message } }
  }`,
  StockItems: `query StockItems($search: String!) {
    inventoryItems(first: 25, query: $search) {
      nodes {
        id sku tracked
        inventoryLevels(first: 10) { nodes { location { id name } quantities(names: ["available"]) { name quantity } } ${PAGE} }
      }
      ${PAGE}
    }
  }`,
  SetStock: `mutation SetStock($input: InventorySetQuantitiesInput!, $key: String!) {
    inventorySetQuantities(input: $input) @idempotent(key: $key) {
      inventoryAdjustmentGroup { id } userErrors { code field message }
    }
  }`,
} as const;
export type OperationName = keyof typeof operations;
