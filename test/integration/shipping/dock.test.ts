import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, comeIn, journalKinds, orderOf, stockUp, supervisorOf } from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

describe.each(databaseKinds)('scanning parcels out at the dock on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 3, 50);
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  /** Packs an order to the end; what a scanner sends for its label. */
  const packed = async (externalId: string): Promise<string> => {
    await comeIn(world, anOrder({ externalId, lines: [{ sku: 'SKU-1' }] }));
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
    await world.finishParcel();
    return labelOf(externalId);
  };
  const labelOf = async (externalId: string): Promise<string> => {
    const { parcels } = await orderOf(world, `#${externalId}`);
    return `]C100${parcels[0]?.labels.find((label) => label.kind === 'outbound')?.trackingNumber ?? ''}`;
  };
  const parcelOf = async (externalId: string) => {
    const [parcel] = (await orderOf(world, `#${externalId}`)).parcels;
    if (!parcel) throw new Error(`no parcel of ${externalId}`);
    return parcel;
  };
  const code = async (raw: string): Promise<string> => (await world.scan(raw)).verdict.code;
  const card = async (payload: string): Promise<string> => (await world.command(payload)).verdict.code;
  const manifests = async () => (await world.call('shipping.manifests-view', {})).manifests;

  test('each label says which pile and how many are missing; the manifest closes, is printed, and the driver takes it', async () => {
    const [first, second] = [await packed('1'), await packed('2')];

    expect(await card('DOCK')).toBe('dock.started');
    const one = await world.scan(first);
    const two = await world.scan(second);
    expect(one.verdict).toMatchObject({ tone: 'good', code: 'dock.scanned-out', params: { number: '#1', waiting: 1 } });
    expect(one.view).toMatchObject({ mode: 'dock', step: 'scan-out', dock: { last: { orderNumber: '#1' } } });
    expect(two.verdict).toMatchObject({ tone: 'complete', code: 'dock.all-scanned' });
    expect(two.view.dock?.carriers).toMatchObject([{ accountId: null, waiting: 0, manifest: { parcels: 2 } }]);

    expect(await card('HAND-OVER')).toBe('dock.closed');
    await world.settled();
    const [manifest] = await manifests();
    expect(manifest).toMatchObject({ state: 'transmitted', parcels: 2, fault: null });
    expect((await parcelOf('1')).state).toBe('manifested');
    const paper = await world.request(`/documents/${manifest?.paperId}.pdf`);
    const [page] = await world.core.deps.documents.readBack(new Uint8Array(await paper.arrayBuffer()), {
      dpi: 300,
      format: 'grey',
    });
    expect(page?.symbols.map((symbol) => symbol.text)).toEqual([manifest?.number]);
    expect(page?.text).toContain(first.slice(5));

    const handed = await world.command('HAND-OVER');
    expect(handed.verdict).toMatchObject({ tone: 'complete', code: 'dock.handed-over', params: { parcels: 2 } });
    expect((await parcelOf('2')).state).toBe('handed-over');
    expect(await journalKinds(world, (await parcelOf('2')).id)).toEqual(
      expect.arrayContaining(['parcel.scanned-out', 'parcel.manifested', 'parcel.handed-over']),
    );
    expect(await card('CANCEL')).toBe('dock.left');
    expect((await world.view()).mode).toBe('idle');
  });

  test('the same label twice is harmless and told; UNDO takes it off, and it may be scanned again', async () => {
    const label = await packed('1');
    await world.command('DOCK');
    await world.scan(label);

    expect((await world.scan(label)).verdict).toMatchObject({ tone: 'info', code: 'dock.already-scanned' });
    expect(await card('UNDO')).toBe('dock.undone');
    expect(await card('UNDO')).toBe('dock.nothing-to-undo');
    expect(await card('HAND-OVER')).toBe('dock.nothing-here');
    expect(await code(label)).toBe('dock.all-scanned');
  });

  test('what must not be loaded is refused with its reason', async () => {
    const held = await packed('1');
    const voided = await packed('2');
    const gone = await packed('3');
    const desk = await supervisorOf(world);
    const returned = (await parcelOf('1')).labels.find((label) => label.kind === 'return')?.trackingNumber ?? '';
    await desk.call('orders.set-hold', { orderId: (await orderOf(world, '#1')).id, reason: 'address', detail: '' });
    await desk.call('shipping.void-label', { parcelId: (await parcelOf('2')).id });
    await world.command('DOCK');

    expect(await code(held)).toBe('dock.on-hold');
    expect(await code(voided)).toBe('dock.voided');
    expect(await code(`]C100${returned}`)).toBe('dock.return-label');
    expect(await code((await parcelOf('1')).rma ?? '')).toBe('dock.return-code');
    expect(await code('106141412345678908')).toBe('dock.unknown-label');
    expect(await code(encodeStationCode('tote', 'T-1'))).toBe('dock.label-needed');

    await world.scan(gone);
    await world.command('HAND-OVER');
    await world.settled();
    expect(await code(gone)).toBe('dock.manifested');
    await world.command('HAND-OVER');
    expect(await code(gone)).toBe('dock.has-left');
  });

  test('a label that nobody scanned at the bench is sent back there', async () => {
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1' }] }));
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
    await world.settled();
    const dock = await world.bench('Dock');
    await dock.signIn();
    await dock.command('DOCK');

    const { verdict } = await dock.scan(await labelOf('1'));

    expect(verdict).toMatchObject({ tone: 'bad', code: 'dock.not-confirmed', params: { number: '#1' } });
  });

  test('closing asks while parcels of the carrier lie about; NO goes on, YES leaves them to the next manifest', async () => {
    const label = await packed('1');
    const late = await packed('2');
    await world.command('DOCK');
    await world.scan(label);

    expect((await world.command('HAND-OVER')).verdict).toMatchObject({
      code: 'dock.close-short',
      params: { waiting: 1 },
    });
    expect((await world.view()).dock?.asks).toBe('close');
    expect(await card('NO')).toBe('dock.close-left');
    expect(await card('HAND-OVER')).toBe('dock.close-short');
    expect(await card('YES')).toBe('dock.closed');
    expect(await code(late)).toBe('dock.all-scanned');
    expect((await manifests()).map(({ state, parcels }) => [state === 'open', parcels])).toEqual([
      [true, 1],
      [false, 1],
    ]);
  });

  test('the code on a manifest’s paper takes it up again', async () => {
    const [first, second] = [await packed('1'), await packed('2')];
    await world.command('DOCK');
    await world.scan(first);
    await world.command('HAND-OVER');
    await world.command('YES');
    await world.settled();
    const number = (await manifests())[0]?.number ?? '';
    await world.scan(second);

    expect(await code(number)).toBe('dock.manifest-chosen');
    expect(await card('HAND-OVER')).toBe('dock.handed-over');
    expect((await parcelOf('1')).state).toBe('handed-over');
    expect((await parcelOf('2')).state).toBe('labelled');
    expect(await code('M20010101-01')).toBe('dock.unknown-manifest');
  });

  test('a parcel that is labelled anew leaves its manifest, and one whose order is cancelled is not loaded', async () => {
    const first = await packed('1');
    await packed('2');
    await world.command('DOCK');
    await world.scan(first);
    const desk = await supervisorOf(world);
    await desk.call('shipping.void-label', { parcelId: (await parcelOf('1')).id });

    expect((await world.view()).dock?.carriers[0]?.manifest).toMatchObject({ parcels: 0 });
    expect((await desk.ask('shipping.close-manifest', { accountId: null })).body).toMatchObject({
      error: { code: 'manifest.empty' },
    });
  });

  test('two benches that scan the same parcel, and one that closes meanwhile, put each parcel on one manifest', async () => {
    const labels = [await packed('1'), await packed('2'), await packed('3')];
    const other = await world.bench('Other dock');
    await other.signIn();
    await world.command('DOCK');
    await other.command('DOCK');

    const scanAll = async (bench: World, raws: readonly string[]): Promise<string[]> => {
      const codes = [];
      for (const raw of raws) codes.push((await bench.scan(raw)).verdict.code);
      return codes;
    };
    const codes = await Promise.all([scanAll(world, labels.slice(0, 2)), scanAll(other, labels.slice(0, 2))]);
    const [closed] = await Promise.all([
      other.ask('shipping.close-manifest', { accountId: null }),
      scanAll(world, labels),
    ]);
    await world.settled();

    expect(codes.flat().filter((code) => code === 'dock.already-scanned')).toHaveLength(2);
    expect(closed?.body.ok).toBe(true);
    const parcels = (await manifests()).reduce((sum, manifest) => sum + manifest.parcels, 0);
    expect(parcels).toBe(3);
    expect((await manifests()).filter(({ state }) => state === 'open').length).toBeLessThanOrEqual(1);
  });

  test('the dock’s view counts what waits for whom; hand-over needs a manifest that was sent', async () => {
    await packed('1');
    expect((await world.call('shipping.dock-view', {})).carriers).toMatchObject([
      { accountId: null, cutOffAt: null, manifest: null, waiting: 1, ready: 0 },
    ]);
    expect((await world.ask('shipping.close-manifest', { accountId: null })).body).toMatchObject({
      error: { code: 'manifest.none-open' },
    });
    await world.command('DOCK');
    await world.scan(await labelOf('1'));
    const [open] = await manifests();

    expect((await world.ask('shipping.hand-over', { manifestId: open?.id })).body).toMatchObject({
      error: { code: 'manifest.not-sent' },
    });
    await world.call('shipping.close-manifest', { accountId: null });
    await world.settled();
    expect((await world.call('shipping.dock-view', {})).carriers).toMatchObject([{ waiting: 0, ready: 1 }]);
    expect(await world.call('shipping.hand-over', { manifestId: open?.id ?? '' })).toEqual({ parcels: 1 });
    expect((await world.ask('shipping.hand-over', { manifestId: open?.id })).body).toMatchObject({
      error: { code: 'manifest.handed-over-before' },
    });
  });
});
