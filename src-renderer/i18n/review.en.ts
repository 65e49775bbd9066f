export const texts = {
  ownInspection: 'You took part in this inspection: you can not approve it yourself, but may send it back.',
  title: 'Review', figures: 'The inspection', checked: '{{checked}} of {{total}} rooms checked', exceeding: '{{count}} rooms with an exceeding setting', toVerify: '{{count}} to verify', leads: '{{count}} leads', rate: 'Exceedance rate {{exceeding}} / {{applicable}} (checked, running and applicable rooms)',
  rooms: 'Rooms to look at', noRooms: 'No room exceeds or is to be verified', room: 'Room', use: 'Use', set: 'Setting', air: 'Air', adjusted: 'Adjusted to', photos: 'Photos', remarks: 'Remarks',
  lead: 'lead', withinError: 'within error',
  papers: 'Papers', noPapers: 'No papers yet', openPapers: 'Open the papers',
  decision: 'Decision', approve: 'Approve', sendBack: 'Send back', comment: 'Comment', commentNeeded: 'Sending back needs a reason', untouched: 'A review never touches a signed paper; a change takes an amendment.', notLocked: 'Not concluded yet: it can be sent back with a comment', past: 'Reviews', approved: 'approved', 'sent-back': 'sent back', noReviews: 'No review yet', onlyHead: 'The section head reviews',
  handOver: 'Hand-over to the provincial platform', handOverHint: 'The platform publishes no import template: this is our own sheet and JSON, to be compared while entering.', xlsx: 'Export XLSX', json: 'Export JSON', entered: 'Entered', number: 'Platform number', save: 'Note it', saved: 'Saved to {{path}}', enteredAt: 'Noted as entered on {{at}}', photoOnTheWay: 'Photo on its way', unknownNumber: 'not given',
} as const;
