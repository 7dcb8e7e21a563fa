export { type SimulatedScale, simulateScale } from '../../../main/devices/simulated/scale-at-far-end.ts';
