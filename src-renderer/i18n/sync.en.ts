export const texts = {
  title: 'Sync', about: 'What you enter goes to this laptop\'s journal first and is sent by itself once online; nobody needs to watch this page.', now: 'Sync now', exchanging: 'Exchanging', standing: 'How things stand',
  phase: 'Network', phases: { offline: 'offline', idle: 'online', exchanging: 'exchanging', paused: 'paused (nothing is exchanged while locked)' },
  unsent: 'To send', records: '{{count}} changes', evidence: 'Photos and files', evidenceNone: 'all on the server', evidencePending: '{{files}} to upload, {{size}} MB', refusedCount: 'Refused', lastContact: 'Last contact', never: 'none on record', clock: 'This laptop\'s clock',
  clockUnknown: 'known after the first contact', clockFine: 'agrees with the server', clockOff: 'about {{minutes}} minutes off the server\'s', clockAhead: 'This laptop\'s clock is about {{minutes}} minutes ahead of the server\'s. Records note the doubt; please set the clock.', clockBehind: 'This laptop\'s clock is about {{minutes}} minutes behind the server\'s. Records note the doubt; please set the clock.',
  server: 'Server', chain: 'Laptop code',
  someRefused: 'The server refused {{count}} changes. They are still in this laptop\'s journal, nothing is lost; see the reasons below.', waitingOffline: '{{count}} changes are not sent yet and will go by themselves once online.', waiting: '{{count}} changes are not sent yet and are being sent.', allSent: 'Everything has reached the server and is receipted.', noContactYet: 'No contact with the server on record; everything is on this laptop.',
  refused: '{{count}} refused', refusedAbout: 'The server keeps them without publishing them to colleagues, and this laptop deletes none. Correct and save: the correction is sent as a new change.', queue: '{{count}} to send', queueAbout: 'Sent in the order of writing; only a receipt counts as sent.', queueMore: '{{count}} more are not listed.',
  setBackGoesOn: 'The server was put back to an older backup (noticed {{at}}). This laptop is sending again what it lost and fetches all records from the beginning; until that is done the records kept here are shown. {{count}} changes have arrived again.',
  setBackDone: 'The server had been put back to an older backup (noticed {{at}}). This laptop has sent again the {{count}} changes that it lost and fetched all records anew. What other laptops have not sent again can not be seen here for now.',
  stuck: '{{count}} values not stored', stuckAbout: 'These were typed into fields that can not hold them. They are in no record but still on this laptop. Please correct them where they were typed, or give them up.', stuckText: 'Typed', giveUp: 'Give up',
  parked: '{{count}} changes of a newer version', parkedAbout: 'This program can not read them yet and keeps them as they are; they will show after an update.',
  what: 'What', unit: 'Unit', fields: 'Entries', why: 'Reason and remedy', writtenAt: 'Written at',
  types: {
    organ: 'Organ', person: 'Person', institution: 'Institution', inspection: 'Inspection', roomCheck: 'Room', document: 'Paper', amendment: 'Amendment', case: 'Case', review: 'Review', handover: 'Hand-over', opinion: 'Opinion', basisList: 'List of bases', other: 'Record',
  },
} as const;
