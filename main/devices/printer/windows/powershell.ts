import type { ProgramEnd, RunProgram } from '../../../../shared/devices/run-program.ts';

/** Names travel in the environment: nothing of theirs is ever part of a script. */
const QUEUE = 'PACKWRIGHT_QUEUE';
const HEAD = '$ErrorActionPreference = "Stop"; [Console]::OutputEncoding = [Text.Encoding]::UTF8; ';

/** One object: name, driver, status as PRINTER_STATUS bits, number of jobs. */
const queueStatus = `$p = Get-Printer -Name ([WildcardPattern]::Escape($env:${QUEUE}));
@{ name = $p.Name; driver = $p.DriverName; status = [uint32]$p.PrinterStatus; jobs = [int]$p.JobCount } | ConvertTo-Json -Compress`;

/** A list of name and status as JOB_STATUS bits. */
const queueJobs = `$jobs = @(Get-PrintJob -PrinterName $env:${QUEUE} | ForEach-Object { @{ name = "$($_.DocumentName)"; status = [uint32]$_.JobStatus } });
ConvertTo-Json -Compress -InputObject $jobs`;

/** A list of name, driver and whether it is the standard one. */
const allQueues = `$default = (Get-CimInstance Win32_Printer -Filter "Default = True").Name;
$all = @(Get-Printer | ForEach-Object { @{ name = $_.Name; driver = $_.DriverName; isDefault = ($_.Name -eq $default) } });
ConvertTo-Json -Compress -InputObject $all`;

const scripts = { queueStatus, queueJobs, allQueues } as const;

/** Asks Windows for its print queues; starting PowerShell alone takes a second or two. */
export function askPowershell(
  run: RunProgram,
  script: keyof typeof scripts,
  { queue = '', limitMs }: { readonly queue?: string; readonly limitMs: number },
): Promise<ProgramEnd> {
  const encoded = Buffer.from(HEAD + scripts[script], 'utf16le').toString('base64');
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand', encoded];
  return run('powershell.exe', args, { limitMs, env: { [QUEUE]: queue } });
}

/** Whether Windows says that there is no such queue. */
export function saysNoSuchQueue(stderr: string): boolean {
  return /ObjectNotFound|CimJobException|No MSFT_Printer objects found/.test(stderr);
}
