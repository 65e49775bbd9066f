import { createTheme, type Theme } from '@mui/material/styles';
import { colours, screenFont, typeSizes, type ColourName, type ThemeName } from '../ui/tokens.ts';

/** Longest motion, ms. */
const MOTION_MS = 120;

/** The `--x-<name>` variables of a theme, as one CSS rule body. */
export function colourVariables(name: ThemeName): Record<string, string> {
  return Object.fromEntries(Object.entries(colours[name]).map(([colour, value]) => [`--x-${colour}`, value]));
}

/**
 * MUI in the product's own clothes: hairlines instead of shadows, four type sizes, labels above their fields, no ripple.
 * `motion` false makes everything immediate.
 */
export function muiTheme(name: ThemeName, motion: boolean): Theme {
  const c = colours[name];
  const duration = motion ? MOTION_MS : 0;
  return createTheme({
    palette: {
      mode: name === 'dark' ? 'dark' : 'light',
      primary: { main: c.accent, contrastText: c.accentInk },
      secondary: { main: c.inkMuted },
      error: { main: c.danger },
      warning: { main: c.toVerify },
      success: { main: c.ok },
      text: { primary: c.ink, secondary: c.inkMuted, disabled: c.inkFaint },
      background: { default: c.paper, paper: c.raised },
      divider: c.hairline,
      action: { hover: c.rowHover, selected: c.selection, active: c.ink, disabled: c.inkFaint, disabledBackground: c.sunken },
    },
    shape: { borderRadius: 4 },
    shadows: Array.from({ length: 25 }, () => 'none') as unknown as Theme['shadows'],
    transitions: {
      duration: { shortest: duration, shorter: duration, short: duration, standard: duration, complex: duration, enteringScreen: duration, leavingScreen: duration },
    },
    typography: {
      fontFamily: screenFont,
      fontSize: typeSizes.body,
      h1: { fontSize: typeSizes.title, fontWeight: 600 },
      h2: { fontSize: typeSizes.lead, fontWeight: 600 },
      h6: { fontSize: typeSizes.lead, fontWeight: 600 },
      body1: { fontSize: typeSizes.body },
      body2: { fontSize: typeSizes.body },
      caption: { fontSize: typeSizes.small },
      button: { fontSize: typeSizes.body, textTransform: 'none', letterSpacing: 0, fontWeight: 500 },
    },
    components: components(c),
  });
}

type Colours = Readonly<Record<ColourName, string>>;

function components(c: Colours): NonNullable<Parameters<typeof createTheme>[0]>['components'] {
  const hairline = `1px solid ${c.hairlineStrong}`;
  const framed = { border: hairline, backgroundImage: 'none' };
  return {
    MuiButtonBase: { defaultProps: { disableRipple: true, disableTouchRipple: true }, styleOverrides: { root: { '&.Mui-focusVisible': { outline: `2px solid ${c.focus}`, outlineOffset: 1 } } } },
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: {
        root: { minHeight: 32, padding: '3px 14px', lineHeight: 1.5, whiteSpace: 'nowrap', '&.MuiButton-sizeSmall': { minHeight: 28, padding: '1px 10px' } },
        outlined: { borderColor: c.hairlineStrong, color: c.ink, backgroundColor: c.raised, '&:hover': { borderColor: c.inkFaint, backgroundColor: c.rowHover } },
        contained: { '&.Mui-disabled': { border: hairline } },
      },
    },
    MuiToggleButton: {
      styleOverrides: {
        root: {
          textTransform: 'none', borderColor: c.hairlineStrong, color: c.inkMuted, padding: '3px 12px', lineHeight: 1.5, minHeight: 32, whiteSpace: 'nowrap',
          '&.Mui-selected': { color: c.ink, backgroundColor: c.selection, fontWeight: 600, '&:hover': { backgroundColor: c.selection } },
        },
      },
    },
    MuiInputLabel: { defaultProps: { shrink: true }, styleOverrides: { root: { position: 'relative', transform: 'none', fontSize: typeSizes.small, color: c.inkMuted, marginBottom: 3, maxWidth: '100%' } } },
    MuiOutlinedInput: {
      styleOverrides: {
        root: { backgroundColor: c.raised, fontSize: typeSizes.body },
        input: { padding: '6px 10px', height: 'auto', lineHeight: '20px' },
        multiline: { padding: '6px 10px', '& textarea': { padding: 0 } },
        notchedOutline: { top: 0, borderColor: c.hairlineStrong, '& legend': { display: 'none' } },
      },
    },
    MuiTextField: { defaultProps: { size: 'small' } },
    MuiFormHelperText: { styleOverrides: { root: { marginLeft: 0, fontSize: typeSizes.small } } },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiDialog: { styleOverrides: { paper: { ...framed, borderRadius: 6 } } },
    MuiDialogTitle: { styleOverrides: { root: { fontSize: typeSizes.lead, fontWeight: 600, padding: '16px 20px 8px' } } },
    MuiDialogContent: { styleOverrides: { root: { padding: '8px 20px 16px' } } },
    MuiDialogActions: { styleOverrides: { root: { padding: '12px 20px', borderTop: `1px solid ${c.hairline}` } } },
    MuiDrawer: { styleOverrides: { paper: { ...framed } } },
    MuiMenu: { styleOverrides: { paper: framed } },
    MuiPopover: { styleOverrides: { paper: framed } },
    MuiAutocomplete: { styleOverrides: { paper: framed, inputRoot: { padding: '2px 6px' } } },
    MuiMenuItem: { styleOverrides: { root: { fontSize: typeSizes.body, minHeight: 32 } } },
    MuiTooltip: { defaultProps: { enterDelay: 400 }, styleOverrides: { tooltip: { backgroundColor: c.ink, color: c.paper, fontSize: typeSizes.small, maxWidth: 360 } } },
    MuiTabs: { styleOverrides: { root: { minHeight: 36 }, indicator: { height: 2, transition: 'none' } } },
    MuiTab: { styleOverrides: { root: { minHeight: 36, padding: '6px 14px', textTransform: 'none' } } },
    MuiTableCell: { styleOverrides: { root: { fontSize: typeSizes.body, borderColor: c.hairline, padding: '6px 10px' } } },
    MuiCheckbox: { defaultProps: { size: 'small' }, styleOverrides: { root: { padding: 5 } } },
    MuiFormControlLabel: { styleOverrides: { label: { fontSize: typeSizes.body } } },
    MuiChip: { styleOverrides: { root: { borderRadius: 3, fontSize: typeSizes.small, height: 22 } } },
    MuiAlert: { styleOverrides: { root: { border: hairline, fontSize: typeSizes.body, padding: '4px 12px' } } },
  };
}
