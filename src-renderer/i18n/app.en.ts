export const texts = {
  short: 'XC', rail: 'Main navigation', demo: 'demo', trial: 'trial', signOut: 'Sign out', signOutAnyway: 'Sign out anyway', cancel: 'Cancel', now: 'Now', time: 'time', chainCode: 'laptop code {{code}}',
  sections: { today: 'Today', inspections: 'Inspections', corrections: 'Corrections', documents: 'Papers', institutions: 'Institutions', people: 'People', settings: 'Settings', sync: 'Sync' },
  truth: { label: 'Saving and sync', open: 'See how the sync stands', saved: 'Saved', saving: 'Saving', failed: 'Not saved', readOnly: 'Read-only', unstored: '{{count}} not kept', unsent: '{{count}} to send', files: '{{count}} files to send', allSent: 'all sent', refused: '{{count}} refused', offline: 'offline', paused: 'sync paused', exchanging: 'exchanging', contact: 'last contact {{at}}', noContact: 'no contact since start', clock: 'clock in doubt' },
  quick: { title: 'Quick actions', hint: 'Type a unit or an action', newInspection: 'New inspection', syncNow: 'Sync now', act: 'action', place: 'go to', inspection: 'inspection', none: 'Nothing found' },
  tabs: { setup: 'Setup', rooms: 'Rooms', walk: 'Walk', papers: 'Papers', review: 'Review' }, locked: 'concluded', sample: 'sample', noScreen: 'There is no such page', toToday: 'Back to today',
  closing: { title: 'Something is not saved yet', anyway: 'Close anyway', stay: 'Go back', lost: 'Closing now loses what is on the screen and not saved; what was saved stays.', unstored: 'What is in "{{label}}" does not fit and was not saved.' },
  conflict: { title: 'Two people entered different values', about: 'Both are kept. Choose the one that stands now; the other stays in the journal.', empty: '(empty)', who: '{{name}}, {{at}}', take: 'Use this one' },
  broken: { title: 'This page failed', safe: 'Everything saved is in this laptop\'s journal, nothing is lost; the other pages work as usual.', next: 'Try again; if it keeps happening, tell the administrator the text below.', again: 'Try again' },
} as const;
