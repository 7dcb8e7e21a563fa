import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Programs that stand in for those of the print system: each notes what it was called with. */
export interface StandIns {
  readonly folder: string;
  /** A program of this name that does this in the shell; `$FOLDER` is where it may keep things. */
  add(name: string, does: string): void;
  /** The arguments of every call of this program, in order. */
  calls(name: string): string[][];
  /** What the last call of `lp` found in its file, and the rights of the file. */
  printed(): { bytes: Uint8Array; mode: string } | undefined;
  remove(): void;
}

/** A folder of stand-in programs; `path` to be the whole PATH, with the shell's own tools behind it. */
export function standIns(): StandIns & { readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'packwright-programs-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  return {
    folder,
    path: [bin, '/usr/bin', '/bin'].join(delimiter),
    add(name, does) {
      const file = join(bin, name);
      const note = `for word in "$@"; do printf '%s\\n' "$word" >> "$FOLDER/${name}.calls"; done; echo >> "$FOLDER/${name}.calls"`;
      writeFileSync(file, `#!/bin/sh\nFOLDER='${folder}'\n${note}\n${does}\n`);
      chmodSync(file, 0o755);
    },
    calls(name) {
      const file = join(folder, `${name}.calls`);
      if (!existsSync(file)) return [];
      const calls = readFileSync(file, 'utf8').split('\n\n');
      return calls.filter((call) => call !== '').map((call) => call.split('\n'));
    },
    printed() {
      const file = join(folder, 'printed');
      if (!existsSync(file)) return undefined;
      return { bytes: new Uint8Array(readFileSync(file)), mode: readFileSync(join(folder, 'mode'), 'utf8').trim() };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What `lp` does with its last argument, the file, before it answers. */
export const keepFile = `for file in "$@"; do :; done
cp "$file" "$FOLDER/printed"; stat -c %a "$file" > "$FOLDER/mode" 2>/dev/null || stat -f %Lp "$file" > "$FOLDER/mode"`;
