/** A process beside the station that speaks in messages; whoever runs the station says how one is started. */
export interface SideProcess {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Told once, whatever ended it. */
  onExit(listener: (reason: string) => void): void;
  stop(): void;
}

/** Starts a script as a process of its own. */
export type StartProcess = (file: string) => SideProcess;
