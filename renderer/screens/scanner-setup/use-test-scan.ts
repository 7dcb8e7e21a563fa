import { useEffect, useState } from 'react';
import { parseStationCode } from '../../../shared/barcode/station-codes.ts';
import { createStrokeDecoder } from '../../../shared/scanner/decode-strokes.ts';
import { judgeTestScan, type TestJudgement } from '../../../shared/scanner/judge-test-scan.ts';
import type { Stroke } from '../../../shared/scanner/stroke.ts';
import { createStrokeRuns, RUN_GAP_MS } from '../../../shared/scanner/stroke-run.ts';
import { isTerminator } from '../../../shared/scanner/wedge-reader.ts';
import { receiveScan } from '../../scan/receive-scan.ts';
import { strokeTap } from '../../scan/stroke-tap.ts';

export interface TestScan {
  readonly judgement: TestJudgement;
  /** Counts the scans: two equal ones in a row are two. */
  readonly number: number;
}

/** A card of the station is meant for the bench here as anywhere. */
function stationCard(strokes: readonly Stroke[]): string | undefined {
  const raw = createStrokeDecoder(() => new Date())(strokes.filter((stroke) => !isTerminator(stroke)));
  const code = parseStationCode(raw);
  return code && !('problem' in code) ? raw : undefined;
}

/** What the latest scan on this screen says of its scanner; the screen takes every key while it is open. */
export function useTestScan(): TestScan | undefined {
  const [latest, setLatest] = useState<TestScan>();
  useEffect(() => {
    const runs = createStrokeRuns();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const judge = (strokes: readonly Stroke[]): void => {
      const card = stationCard(strokes);
      if (card !== undefined) {
        receiveScan({ raw: card, source: 'wedge' });
        return;
      }
      const judgement = judgeTestScan(strokes, new Date().toISOString());
      setLatest((before) => ({ judgement, number: (before?.number ?? 0) + 1 }));
    };
    strokeTap.set((stroke) => {
      clearTimeout(timer);
      const { hide, run } = runs.press(stroke);
      if (run) judge(run);
      else
        timer = setTimeout(() => {
          const unended = runs.end();
          // One key or two are a person's.
          if (unended && unended.length > 2) judge(unended);
        }, RUN_GAP_MS);
      return hide;
    });
    return () => {
      clearTimeout(timer);
      strokeTap.set(undefined);
    };
  }, []);
  return latest;
}
