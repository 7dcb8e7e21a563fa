export { type Load, type ScaleVoice, scaleVoices } from '../../../main/devices/simulated/scale-voices.ts';
