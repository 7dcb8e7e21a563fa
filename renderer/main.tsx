import './zod-setup.ts';
import '@mantine/core/styles.css';
import './ui/base.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './app.tsx';
import { stationCache } from './station/bench-cache.ts';
import { openSession } from './station/open-session.ts';
import { browserLanguage, createTranslator } from './ui/i18n.ts';
import { cssVariables, theme } from './ui/theme.ts';

/** The door writes a fresh nonce into the page at each load; without it the policy refuses Mantine's style tags. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with id root');

createRoot(root).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    defaultColorScheme="auto"
    getStyleNonce={styleNonce}
  >
    <I18nextProvider i18n={createTranslator(browserLanguage(navigator.languages))}>
      <QueryClientProvider client={stationCache}>
        <App />
      </QueryClientProvider>
    </I18nextProvider>
  </MantineProvider>,
);

void openSession();
