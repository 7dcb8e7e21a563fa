import type { MenuItemConstructorOptions } from 'electron';
import type { ShellTexts } from './shell-texts.ts';
import type { ShellMode } from './window-options.ts';

export interface MenuChoices {
  readonly mode: ShellMode;
  readonly platform: NodeJS.Platform;
  readonly texts: ShellTexts;
  readonly quit: () => void;
}

/**
 * The application's menu, or undefined for none.
 *
 * It holds no reload, zoom or close shortcut that a scan could press. Without an edit menu macOS has no
 * copy and paste at all, so there even the kiosk keeps one.
 */
export function menuTemplate({ mode, platform, texts, quit }: MenuChoices): MenuItemConstructorOptions[] | undefined {
  if (platform === 'darwin') return [{ role: 'appMenu' }, { role: 'editMenu' }, ...developerMenu(mode, texts)];
  if (mode.kiosk) return undefined;
  return [
    {
      label: 'Packwright',
      submenu: [
        { label: texts.fullScreen, role: 'togglefullscreen', accelerator: 'F11' },
        { type: 'separator' },
        // Not the `quit` role: its Ctrl+Q is XON, which some scanners send.
        { label: texts.quit, click: quit },
      ],
    },
    ...developerMenu(mode, texts),
  ];
}

function developerMenu(mode: ShellMode, texts: ShellTexts): MenuItemConstructorOptions[] {
  if (!mode.development) return [];
  const submenu: MenuItemConstructorOptions[] = [
    { label: texts.reload, role: 'reload' },
    { label: texts.developerTools, role: 'toggleDevTools', accelerator: 'F12' },
  ];
  return [{ label: texts.view, submenu }];
}
