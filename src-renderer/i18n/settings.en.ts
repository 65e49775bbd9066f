export const texts = {
  title: 'Settings', about: 'Only how things look on this laptop; no record is changed.', looks: 'Looks', theme: 'Colours', themeHint: 'Choose "High contrast" in bright sun.', themes: { system: 'As the system', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
  language: 'Language', languageHint: 'Papers are always in Chinese.', printing: 'Printing', printer: 'Preferred printer', printerHint: 'Another one can be chosen at each print.', systemPrinter: 'The system\'s default', isDefault: '{{name}} (system default)', noPrinters: 'No printer was found just now.',
  signing: 'Ways of signing', signingAbout: 'Set by the lead organ under People, Organs; an officer can not change it.', drawnOff: 'Default: signed by hand on the print, then photographed or scanned back; a stamped copy will do too. Drawing on the screen is not allowed.', drawnOn: 'Signed on the print and photographed or scanned back, stamped, or drawn on the screen.',
  aboutTitle: 'About', trial: 'trial version', trialAbout: 'Trial profiles have format 0 and are not migrated in place later: sync, check the receipts, then begin a fresh profile.',
  version: 'Version', electron: '{{running}} (releases use {{pinned}})', notPinned: 'The running Electron is {{running}}, not {{pinned}} as in releases. This is a development runtime and must not be used for real inspections.', platform: 'System', profileFormat: 'Profile format', profileDir: 'Profile folder',
  deviceName: 'Name of this laptop', account: 'Account', server: 'Server', demoServer: 'demo server',
} as const;
