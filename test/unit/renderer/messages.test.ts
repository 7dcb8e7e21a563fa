import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { channelConnectors } from '../../../main/app/channel-connectors.ts';
import { channelAbilities } from '../../../main/channels/channel.ts';
import { formFields } from '../../../main/shops/shop-service.ts';
import { isMessageKey } from '../../../renderer/ui/message-key.ts';
import { messagesEn } from '../../../renderer/ui/messages-en.ts';
import { messagesFr } from '../../../renderer/ui/messages-fr.ts';
import { screenNames } from '../../../renderer/ui/router.ts';
import { layoutNames } from '../../../shared/barcode/keyboard-layouts.ts';
import { scanRefusals } from '../../../shared/barcode/scan-result.ts';
import { commandNames } from '../../../shared/barcode/station-commands.ts';
import { BenchInstruction, benchSteps, WeightExplanation } from '../../../shared/contract/bench.ts';
import {
  deviceKinds,
  deviceStates,
  printedPapers,
  printerActivities,
  printerLanguages,
  scannerAcknowledgements,
  scannerEnds,
  scannerFlows,
} from '../../../shared/contract/devices.ts';
import { OrderSourceView } from '../../../shared/contract/orders.ts';
import { returnReasons } from '../../../shared/contract/returns.ts';
import { ConnectorView, ShippingRule } from '../../../shared/contract/shipping-accounts.ts';
import { ShippingProblem } from '../../../shared/contract/shipping-dock.ts';
import { AttributionRuleView, Difference, shopStates } from '../../../shared/contract/shops.ts';
import { SharedSettings, Theme } from '../../../shared/contract/stations.ts';
import { AttributedChannel } from '../../../shared/model/attribution.ts';
import { carrierAbilities, trackingStates } from '../../../shared/model/carrier.ts';
import { channels } from '../../../shared/model/channel.ts';
import {
  labelStates,
  manifestStates,
  orderStates,
  parcelStates,
  printJobStates,
  returnStates,
} from '../../../shared/model/machines.ts';
import { holdReasons, reasonCodes, stationHoldReasons } from '../../../shared/model/reasons.ts';
import { roles } from '../../../shared/model/roles.ts';
import { noWeights } from '../../../shared/scale/no-weight.ts';
import { testFindings } from '../../../shared/scanner/judge-test-scan.ts';

const ofScannerSetup = [
  ...[...testFindings, 'right', 'works', 'wrong'].map((finding) => `scanner-test.${finding}`),
  ...layoutNames.map((layout) => `layout.${layout}`),
];

const project = resolve(import.meta.dirname, '../../..');
const plural = /_(one|many|other)$/;

function sources(folder: string, ...endings: readonly string[]): string[] {
  return readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => join(project, folder, name));
}

const read = (files: readonly string[]) => files.map((file) => readFileSync(file, 'utf8')).join('\n');
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
const unique = (names: readonly string[]) => [...new Set(names)].sort();

const screens = read(sources('renderer', '.ts', '.tsx').filter((file) => !/messages-(en|fr)\.ts$/.test(file)));
const station = read([...sources('main', '.ts'), ...sources('shared', '.ts')]);
const bench = read(sources('main/bench', '.ts'));

describe('the two catalogues', () => {
  const english = Object.keys(messagesEn);
  const french = Object.keys(messagesFr);

  test('have the same keys; French has a third plural', () => {
    expect(unique(french.filter((key) => !key.endsWith('_many')))).toEqual(unique(english));
    const others = french.filter((key) => key.endsWith('_other')).map((key) => key.replace(plural, '_many'));
    expect(unique(french.filter((key) => key.endsWith('_many')))).toEqual(unique(others));
  });

  const placeholders = (text: string) => unique(all(text, /\{\{(\w+)\}\}/g));

  test('have the same placeholders in both texts of a key', () => {
    // “One more row” may leave the number out.
    const compared = english.filter((key) => !key.endsWith('_one'));
    // Both catalogues have exactly these keys, by the test above.
    const names = compared as (keyof typeof messagesEn)[];
    const different = names.filter(
      (key) => placeholders(messagesEn[key]).join() !== placeholders(messagesFr[key]).join(),
    );
    expect(different).toEqual([]);
  });

  test('leave no text empty and none in the other language', () => {
    for (const text of [...Object.values(messagesEn), ...Object.values(messagesFr)]) expect(text.trim()).not.toBe('');
    const same = english.filter((key) => {
      const name = key as keyof typeof messagesEn;
      return messagesEn[name].length > 24 && messagesEn[name] === messagesFr[name];
    });
    expect(same).toEqual([]);
  });
});

const instructionKinds = BenchInstruction.shape.kind.options;
const explanationKinds = WeightExplanation.shape.kind.options;

/** Families of keys that screens put together at run time, with all their members. */
const families: Readonly<Record<string, readonly string[]>> = {
  channel: channels,
  'order-state': orderStates,
  'parcel-state': parcelStates,
  'label-state': labelStates,
  print: printJobStates,
  role: roles,
  nav: screenNames,
  help: benchSteps,
  command: commandNames,
  step: benchSteps,
  hold: [...holdReasons, ...stationHoldReasons],
  label: ['outbound', 'return'],
  item: ['fragile', 'hazardous', 'upright', 'ownBox', 'lotControlled', 'serialControlled', 'expiryControlled'],
  scale: [...noWeights, 'stable', 'gross', 'net'],
  device: deviceKinds,
  'device.add': deviceKinds,
  'device.change': deviceKinds,
  'device-state': [...deviceStates, 'unknown'],
  'printer-does': printerActivities,
  way: ['serial', 'hid', 'tcp', 'queue', 'ipp', 'simulated'],
  place: ['serial', 'hid', 'queue', 'ipp', 'simulated'],
  parity: ['none', 'even', 'odd'],
  polarity: ['normal', 'inverted'],
  checksum: ['true', 'false'],
  'scan-end': scannerEnds,
  acknowledge: scannerAcknowledgements,
  'scanner-flow': scannerFlows,
  'printer-language': printerLanguages,
  paper: printedPapers,
  raw: ['in', 'out'],
  mode: ['sign-in', 'idle', 'pick', 'pack'],
  import: [
    'items',
    'stock',
    'orders',
    'items.text',
    'stock.text',
    'orders.text',
    'imported',
    'updated',
    'unchanged',
    'rejected',
    'skipped',
  ],
  session: ['none', 'refused', 'over'],
  settings: Object.keys(SharedSettings.shape),
  'settings.theme': Theme.options,
  reason: reasonCodes.map((reason) => reason.toLowerCase()),
  instruction: instructionKinds.flatMap((kind) => [kind, `${kind}.do`]),
  explain: explanationKinds,
  weigh: ['light', 'right', 'heavy'],
  'carrier.kind': ConnectorView.shape.kind.options,
  'carrier.ability': carrierAbilities,
  rule: ['countries', 'postcodes', 'methods', 'minKg', 'maxKg', 'maxLongestMm', 'minValue', 'maxValue'].concat([
    ...['promiseWithinDays', 'hazardous', 'pickupPoint', 'gift', 'countries.text', 'postcodes.text', 'methods.text'],
    ...['hazardous', 'pickupPoint', 'gift'].flatMap((name) => [`is.${name}.yes`, `is.${name}.no`]),
  ]),
  'rule.direction': ShippingRule.shape.direction.options,
  'rule.by': ['service', 'cheapest', 'fastest'],
  'rule.of': ['cheapest', 'fastest'],
  'rule.wanted': ['any', 'yes', 'no'],
  'label.by': ['rule', 'service', 'cheapest', 'fastest', 'platform', 'fallback'],
  'manifest.state': manifestStates,
  problem: ShippingProblem.shape.kind.options,
  tracking: trackingStates,
  'return.reason': returnReasons,
  'return.state': returnStates,
  'shop.state': shopStates,
  'shop.ability': channelAbilities,
  'source.remote': OrderSourceView.shape.remoteState.options,
  'source.address': ['masked', 'encrypted', 'pending'],
  'source.told': ['waiting', 'asked', 'told', 'refused', 'silent'],
  'shop.from': AttributedChannel.options,
  'shop.rule.kind': AttributionRuleView.shape.kind.options,
  'shop.difference': Difference.shape.kind.options,
  'shop.messages': ['parked', 'open'],
  'shop.aside': ['stored', 'still-broken', 'gone'],
  invoice: ['invoice', 'credit-note'],
  document: unique(
    [
      ...all(station, /readonly kind:[\s|]*('label'\s*\| [^;]+);/g),
      ...all(station, /type DocumentKind =[\s|]*('label'\s*\| [^;]+);/g),
    ].flatMap((union) => all(union, /'([a-z-]+)'/g)),
  ),
};
const familyKeys = Object.entries(families).flatMap(([family, members]) => members.map((name) => `${family}.${name}`));

test('every member of these families has a text', () => {
  expect(familyKeys.filter((key) => !isMessageKey(key))).toEqual([]);
});

describe('keys in the screens', () => {
  const literal = unique([...all(screens, /\bt\(\s*'([^']+)'/g), ...all(screens, /\? '([a-z-]+\.[\w.-]+)'/g)]);

  test('are all in the catalogues', () => {
    expect(all(screens, /\bt\(\s*'([^']+)'/g).filter((key) => !isMessageKey(key))).toEqual([]);
  });

  test('use every text of the catalogues', () => {
    // What a connector asks for is told by the station under the names of the carrier's documents.
    const made = /^(code|journal|carrier\.(field|missing|choice)|choice|shop\.(field|choice|topic))\./;
    // Texts and faults of single settings, and choices such as `settings.signIn.tap`.
    const ofSetting = new RegExp(`^settings\\.(${Object.keys(SharedSettings.shape).join('|')})\\.`);
    const quotedInScreens = (key: string) => screens.includes(`'${key}'`);
    const unused = unique(Object.keys(messagesEn).map((key) => key.replace(plural, ''))).filter(
      (key) =>
        !made.test(key) &&
        !ofSetting.test(key) &&
        !familyKeys.includes(key) &&
        !literal.includes(key) &&
        !quotedInScreens(key),
    );
    expect(unused).toEqual([]);
  });
});

describe('kinds of shop', () => {
  test.each(channelConnectors)('$title: every field, ability and limit has its words', (connector) => {
    const { abilities, limit } = connector;
    const nameless = formFields(connector).filter(
      ({ name }) => !isMessageKey(`shop.field.${name}`) && !isMessageKey(`carrier.field.${name}`),
    );
    expect(nameless).toEqual([]);
    expect(abilities.filter((ability) => !isMessageKey(`shop.ability.${ability}`))).toEqual([]);
    expect(limit === undefined || (isMessageKey(`code.${limit}`) && isMessageKey(`code.${limit}.do`))).toBe(true);
  });
});

describe('codes of the station', () => {
  const verdicts = [
    ...all(bench, /\b(?:bad|good|info|complete)\(\s*'([^']+)'/g),
    ...all(bench, /(?<!kind)[?:]\s*'([a-z-]+\.[a-z-]+)'/g),
  ];
  const rules = all(
    read(['packing', 'picking', 'orders', 'stock'].flatMap((name) => sources(`main/${name}`, '-rules.ts'))),
    /(?:refuse\w*\(\s*|code: |return )'([a-z-]+\.[a-z-]+)'/g,
  );
  const errors = all(station, /new AppError\(\s*'[a-z-]+',\s*'([^']+)'/g);
  // The command line and the desktop shell word these themselves; no call of the door answers with them.
  const elsewhere =
    /^((backup|restore|doctor|shell|secrets|web)\.|(data\.file-not-writable|print\.(file-missing|unknown-format)|carrier\.(bad-file|no-simulation|port-in-use)|vault\.not-a-terminal)$)/;
  const codes = unique([...verdicts, ...rules, ...errors, ...scanRefusals]).filter((code) => !elsewhere.test(code));

  test('are found in the sources', () => {
    expect(codes).toEqual(
      expect.arrayContaining(['pack.wrong-item', 'pack.lot-needed', 'door.bad-input', 'scan.doubled']),
    );
  });

  test('all have words for the packer', () => {
    expect(codes.filter((code) => !isMessageKey(`code.${code}`))).toEqual([]);
  });

  test('are worded for everything that the set-up of a scanner finds', () => {
    expect(ofScannerSetup.filter((code) => !isMessageKey(`code.${code}`))).toEqual([]);
  });

  test('say what to do where they refuse a scan', () => {
    const refusals = unique(all(bench, /\bbad\(\s*'([^']+)'/g)).filter((code) => code !== 'label.scan-needed');
    expect(refusals.filter((code) => !isMessageKey(`code.${code}.do`))).toEqual([]);
  });

  test('leave no words without a code', () => {
    const inPage = ['unlisted', 'page.failed', 'station.unreachable', 'station.unexpected', 'scan.unreadable'];
    const worded = unique(
      Object.keys(messagesEn)
        .filter((key) => key.startsWith('code.') && !key.endsWith('.do'))
        .map((key) => key.slice('code.'.length)),
    );
    expect(
      worded.filter(
        (code) =>
          !codes.includes(code) &&
          !inPage.includes(code) &&
          !ofScannerSetup.includes(code) &&
          !station.includes(`'${code}'`),
      ),
    ).toEqual([]);
  });
});

test('every act that the journal keeps of an order or parcel has words', () => {
  const folders = ['orders', 'picking', 'packing', 'shipping', 'invoicing']
    .map((name) => `main/${name}`)
    .flatMap((name) => sources(name, '.ts'));
  const kinds = all(read(folders), /kind: '([a-z-]+\.[a-z-]+)'/g).filter((kind) => !kind.startsWith('import.'));
  // The bench and the shops record of other things as well: what they record of an order or parcel names it as its subject.
  const others = ['bench', 'shops', 'printing'].flatMap((name) => sources(`main/${name}`, '.ts'));
  const ofOrders = all(read(others), /kind: '([a-z-]+\.[a-z-]+)',\s*subject: [\w.?]*(?:order|parcel)/gi);
  expect(ofOrders.length).toBeGreaterThan(20);
  const papers = ['invoice', 'credit-note'].flatMap((paper) =>
    ['numbered', 'issued', 'printed'].map((act) => `${paper}.${act}`),
  );
  const moves = [
    ...papers,
    ...orderStates.map((state) => `order.${state}`),
    ...parcelStates.map((state) => `parcel.${state}`),
  ];
  expect(unique([...kinds, ...ofOrders, ...moves]).filter((kind) => !isMessageKey(`journal.${kind}`))).toEqual([]);
});
