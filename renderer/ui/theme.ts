import { Button, type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** One accent: things to touch and the next step. Shade 8 carries white text at 8.4:1, shade 3 black text at 10:1. */
const accent: MantineColorsTuple = [
  '#e8f3fc',
  '#cfe5f8',
  '#a5cff3',
  '#86c3fb',
  '#57a5ea',
  '#2f89d8',
  '#1573c4',
  '#0063ac',
  '#00518c',
  '#003f6e',
];

/** Blue-grey instead of Mantine's neutral dark, so that fields and buttons belong to the surfaces they lie on. */
const darkGreys: MantineColorsTuple = [
  '#e6ebf0',
  '#c0cad5',
  '#98a4b2',
  '#8592a1',
  '#5a6776',
  '#35404d',
  '#222a34',
  '#181e26',
  '#12171d',
  '#0d1116',
];

const fontFamily =
  "'Inter', system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Open Sans', 'DejaVu Sans', sans-serif";

/** Mantine's side of the look; everything that Mantine has no name for is a variable below. */
export const theme = createTheme({
  fontFamily,
  headings: { fontFamily, fontWeight: '700' },
  colors: { accent, dark: darkGreys },
  primaryColor: 'accent',
  primaryShade: { light: 8, dark: 3 },
  autoContrast: true,
  luminanceThreshold: 0.4,
  black: '#10151c',
  defaultRadius: 'md',
  focusRing: 'always',
  respectReducedMotion: true,
  fontSizes: { xs: '0.9375rem', sm: '1rem', md: '1.125rem', lg: '1.25rem', xl: '1.5rem' },
  components: {
    Button: Button.extend({
      defaultProps: { size: 'md' },
      // Mantine chooses the text for the light scheme's shade only.
      vars: (_theme, { variant = 'filled', color }) => ({
        root: variant === 'filled' && color === undefined ? { '--button-color': 'var(--pw-on-accent)' } : {},
      }),
    }),
    TextInput: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { size: 'md', checkIconPosition: 'right', allowDeselect: false } },
  },
});

/** Fills of the verdict banner: white text on each has at least 8:1, in both schemes. */
const verdictFills = {
  '--pw-good': '#0b5a2b',
  '--pw-complete': '#064d45',
  '--pw-info': '#173f6b',
  '--pw-wrong-item': '#8c1013',
  '--pw-too-many': '#6a4a00',
  '--pw-unknown': '#4b1d8f',
  '--pw-wrong-order': '#84104f',
  '--pw-wrong-place': '#6b2a00',
  '--pw-wrong-lot': '#6b1d6b',
  '--pw-unreadable': '#1f4650',
  '--pw-dead-label': '#1d1d22',
  '--pw-expired': '#4d5200',
  '--pw-weight': '#1d2f86',
  '--pw-stopped': '#5c2018',
  '--pw-refused': '#454b54',
  '--pw-on-verdict': '#ffffff',
};

const light = {
  '--pw-page': '#eef0f3',
  '--pw-surface': '#ffffff',
  '--pw-sunken': '#e3e7ec',
  '--pw-text': '#10151c',
  '--pw-muted': '#38424f',
  '--pw-line': '#c4cbd4',
  '--pw-line-strong': '#6c7785',
  '--pw-accent': '#00518c',
  '--pw-accent-soft': '#dfeefa',
  '--pw-on-accent': '#ffffff',
  '--pw-late': '#8c1013',
  '--pw-soon': '#733a00',
  '--pw-done': '#0b5a2b',
  '--pw-late-soft': '#fbe4e4',
  '--pw-soon-soft': '#fdeedb',
  '--pw-done-soft': '#def3e6',
  '--pw-picture': '#ffffff',
  '--mantine-color-body': '#eef0f3',
  '--mantine-color-dimmed': '#38424f',
  '--mantine-color-placeholder': '#596675',
  '--mantine-color-default-border': '#6c7785',
  '--mantine-color-error': '#8c1013',
};

const dark: typeof light = {
  '--pw-page': '#0d1116',
  '--pw-surface': '#181e26',
  '--pw-sunken': '#222a34',
  '--pw-text': '#f3f6f9',
  '--pw-muted': '#c0cad5',
  '--pw-line': '#35404d',
  '--pw-line-strong': '#8592a1',
  '--pw-accent': '#86c3fb',
  '--pw-accent-soft': '#16304a',
  '--pw-on-accent': '#06131f',
  '--pw-late': '#ffb3b0',
  '--pw-soon': '#ffcb8a',
  '--pw-done': '#8fe3ae',
  '--pw-late-soft': '#4a1618',
  '--pw-soon-soft': '#44290a',
  '--pw-done-soft': '#113a22',
  '--pw-picture': '#f3f6f9',
  '--mantine-color-body': '#0d1116',
  '--mantine-color-dimmed': '#c0cad5',
  '--mantine-color-placeholder': '#98a4b2',
  '--mantine-color-default-border': '#8592a1',
  '--mantine-color-error': '#ffb3b0',
};

/** Hands the colours of both schemes to the style sheets. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: verdictFills, light, dark });

/** Dark fills for channel badges; white text on each has at least 7:1. */
export const channelFills = {
  facebook: '#0a4bb0',
  instagram: '#8f1d66',
  tiktok: '#1b1b1f',
  snapchat: '#5a4a00',
  pinterest: '#97051a',
  x: '#38424f',
  wechat: '#0a5733',
  xiaohongshu: '#a00d28',
  pinduoduo: '#8c1c10',
  taobao: '#7f3a00',
  amazon: '#5a3a06',
  shopify: '#35560f',
  prestashop: '#8a0f46',
  woocommerce: '#5b2a86',
  web: '#0b4f66',
  other: '#46505c',
} as const;
