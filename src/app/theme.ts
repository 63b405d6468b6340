// The look in Mantine's terms: petrol on warm paper, system fonts. Everything else is in app.css as tokens.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#e8f5f7',
  '#d3e9ec',
  '#a6d2d8',
  '#76bac4',
  '#4fa6b3',
  '#2f93a2',
  '#137f8f',
  '#0b6f7d',
  '#0b5f6b',
  '#064a54',
];

/** Greys of the dark scheme: text first, ground last. */
const dark: MantineColorsTuple = [
  '#e9e7e3',
  '#c9c7c2',
  '#a8a59f',
  '#7b7f86',
  '#3a3f45',
  '#30353b',
  '#22262b',
  '#1c1f23',
  '#15171a',
  '#101214',
];

export const theme = createTheme({
  colors: { petrol, dark },
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.28,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  headings: { fontWeight: '620' },
});

/** Mantine's own grounds and greys, taken from our tokens, so that a menu is made of the same paper as the page. */
const GROUNDS = {
  '--mantine-color-body': 'var(--m-card)',
  '--mantine-color-text': 'var(--m-ink)',
  '--mantine-color-dimmed': 'var(--m-muted)',
  '--mantine-color-placeholder': 'var(--m-dim)',
  '--mantine-color-default': 'var(--m-card)',
  '--mantine-color-default-hover': 'var(--m-hover)',
  '--mantine-color-default-border': 'var(--m-line-strong)',
  '--mantine-color-error': 'var(--m-bad)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: GROUNDS, dark: GROUNDS });
