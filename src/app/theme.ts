// The look in Mantine's terms: petrol on warm paper, system fonts. Everything else is in app.css as tokens.
import { createTheme, type MantineColorsTuple } from '@mantine/core';

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

export const theme = createTheme({
  colors: { petrol },
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 5 },
  autoContrast: true,
  luminanceThreshold: 0.36,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  headings: { fontWeight: '620' },
});
