import { runUnitOfWork } from '../../main/db/unit-of-work.ts';
import { addCarton as addCartonStep } from '../../main/packing/carton-service.ts';
import type { CartonFields } from '../../shared/contract/packing.ts';
import { systemActor } from '../../shared/model/actor.ts';
import type { World } from './world.ts';

/** A carton of 300 × 200 × 150 mm inside that bears ten kilograms; everything may be overridden. */
export function aCarton(change: Partial<CartonFields> & { code: string }): CartonFields {
  return {
    title: `Carton ${change.code}`,
    inner: { lengthMm: 300, widthMm: 200, heightMm: 150 },
    outer: { lengthMm: 306, widthMm: 206, heightMm: 156 },
    tareMg: 150_000,
    maxWeightMg: 10_000_000,
    costMinor: 50,
    stock: 100,
    active: true,
    ...change,
  };
}

/** Puts a kind of carton beside the bench. */
export async function addCarton(world: World, change: Partial<CartonFields> & { code: string }): Promise<string> {
  const { id } = await runUnitOfWork(world.core.deps, systemActor, (uow) => addCartonStep(uow, aCarton(change)));
  return id;
}
