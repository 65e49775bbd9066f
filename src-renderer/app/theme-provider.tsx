import { CacheProvider } from '@emotion/react';
import GlobalStyles from '@mui/material/GlobalStyles';
import { ThemeProvider } from '@mui/material/styles';
import { useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { usePreferences } from '../ui/preferences.ts';
import { cssVariable, screenFont, typeSizes, type ThemeName } from '../ui/tokens.ts';
import { styleCache } from './emotion-cache.ts';
import { colourVariables, muiTheme } from './theme.ts';

/** Colours as CSS variables on :root, MUI in the same colours, style elements with the nonce. */
export function DeskTheme({ children }: { readonly children: ReactNode }) {
  const [cache] = useState(styleCache);
  const name = useThemeName();
  const still = useMediaQuery('(prefers-reduced-motion: reduce)');
  const theme = useMemo(() => muiTheme(name, !still), [name, still]);
  const styles = useMemo(() => globalStyles(name), [name]);
  useEffect(() => {
    document.documentElement.dataset['theme'] = name;
  }, [name]);
  return (
    <CacheProvider value={cache}>
      <ThemeProvider theme={theme}>
        <GlobalStyles styles={styles} />
        {children}
      </ThemeProvider>
    </CacheProvider>
  );
}

function useThemeName(): ThemeName {
  const { theme } = usePreferences();
  const dark = useMediaQuery('(prefers-color-scheme: dark)');
  const contrast = useMediaQuery('(prefers-contrast: more)');
  if (theme !== 'system') return theme;
  if (contrast) return 'contrast';
  return dark ? 'dark' : 'light';
}

function useMediaQuery(query: string): boolean {
  const [list] = useState(() => window.matchMedia(query));
  return useSyncExternalStore(
    (onChange) => {
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => list.matches,
  );
}

function globalStyles(name: ThemeName) {
  return {
    ':root': { ...colourVariables(name), colorScheme: name === 'dark' ? 'dark' : 'light' },
    body: { margin: 0, background: cssVariable('paper'), color: cssVariable('ink'), fontFamily: screenFont, fontSize: typeSizes.body, lineHeight: 1.5 },
    '*, *::before, *::after': { boxSizing: 'border-box' },
    'button, input, select, textarea': { font: 'inherit' },
    a: { color: cssVariable('accent') },
    ':focus-visible': { outline: `2px solid ${cssVariable('focus')}`, outlineOffset: 1 },
    // A dialog takes the focus as a whole at first; the frame belongs to its controls.
    '[tabindex="-1"]:focus-visible': { outline: 'none' },
    '::selection': { background: cssVariable('selection') },
    '@media (prefers-reduced-motion: reduce)': { '*, *::before, *::after': { transition: 'none !important', animation: 'none !important' } },
  } as const;
}
