/**
 * Prepares the process before anything else of the shell runs.
 *
 * On Linux some Node lines read serial ports through io_uring and then cannot reopen a port in the same
 * process (node-serialport#2735); libuv reads this variable at its first file operation off the main thread.
 */
export function prepareEnvironment(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): void {
  if (platform === 'linux') env.UV_USE_IO_URING ??= '0';
}
