/** Families of scanners for which there is a set-up sheet, and one for every other. */
export const sheetFamilies = ['honeywell', 'zebra', 'datalogic', 'generic'] as const;
export type SheetFamily = (typeof sheetFamilies)[number];
