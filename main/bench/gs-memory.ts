/** Which scanners of which benches have ever delivered a GS: behind one that does, a code without GS has really none. */
export interface GsMemory {
  /** Notes what a scan shows, and tells whether this scanner is known to send GS. */
  sends(stationId: string, source: string, raw: string): boolean;
}

/** Kept while the station runs: after a restart the first GS tells it anew. */
export function createGsMemory(): GsMemory {
  const known = new Set<string>();
  return {
    sends(stationId, source, raw) {
      const scanner = `${source} ${stationId}`;
      if (raw.includes('\u001d')) known.add(scanner);
      return known.has(scanner);
    },
  };
}
