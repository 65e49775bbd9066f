export const texts = {
  title: 'Documents',
  about: 'Every paper of this office. A reprint always comes from the stored original; a copy carries a mark.',
  
  
  cancel: 'Cancel', close: 'Close', notFound: 'This inspection is not here; it may not have been synchronised to this laptop yet.',
  kinds: {
    'record-of-inspection': 'Record of inspection', 'room-list': 'Room list', 'feedback-sheet': 'Feedback sheet', opinion: 'Energy-saving opinion', 'district-letter': 'Letter to the district', 'blank-form': 'Blank paper form',
  },
  standings: { unmade: 'Not made', made: 'Made', printed: 'Printed', signed: 'Signed', 'sign-refused': 'Signature refused', 'receive-refused': 'Receipt refused', voided: 'Void', preview: 'Preview' },
  number: 'Field number', officialNumber: 'Official number', unit: 'Inspected unit', kind: 'Kind', standing: 'State', madeAt: 'Made at', pages: 'Pages', search: 'Find by number or unit', allKinds: 'All kinds', allStandings: 'All states',
  noPapers: 'No papers yet', noPapersHint: 'After an inspection is locked, make its record, room list and feedback sheet on its Papers page.', noneMatches: 'No paper matches',
  pagesCount: '{{count}} pages',

  conclude: 'Lock', concludeHint: 'A locked inspection does not change any more and its papers are made from it; later corrections are amendments.',
  lockNow: 'Lock…', lockConfirm: 'Lock and make the papers', lockTitle: 'Lock: the following will not change any more',
  lockedBy: 'Locked by {{name}} at {{at}}', lockedCovers: 'Covers the inspection and {{rooms}} rooms, each record with its hash',
  blocks: 'To complete before locking ({{count}})', warns: 'Worth another look ({{count}}), does not block', ready: 'Ready to lock', waitForSave: 'Something is not saved yet; lock after it is.',
  lockRooms: '{{rooms}} rooms, {{checked}} of them entered, {{readings}} readings, {{photos}} photos',
  lockFacts: 'Facts written into the record', lockOfficers: 'Officers', lockLate: 'Rooms of colleagues that are not synchronised yet will be listed as a supplement when they arrive; a person decides, and what is locked stays as it is.',
  lockForEver: 'Locking can not be undone.',
  toField: 'Fill in',
  gap: {
    'already-locked': 'Already locked', 'not-lead-officer': 'Only the lead officer may lock', conflicts: 'Two people filled something in differently; choose first', 'started-missing': 'Start time missing', 'ended-missing': 'End time missing',
    'ended-before-started': 'The end is before the start', 'no-rooms': 'No rooms', 'room-without-number': '{{count}} rooms without a number', 'room-without-outcome': '{{count}} rooms without an outcome',
    'same-room-twice': '{{count}} rooms with a repeated number', 'mode-missing': '{{count}} rooms without an operating state', 'setting-missing': '{{count}} rooms without a set temperature and not marked as unreadable',
    'claim-without-reason': '{{count}} rooms with special use or an approved need without a reason', 'accompanying-missing': 'Accompanying person missing', 'place-missing': 'Place missing', 'sampling-missing': 'Sampling not complete',
    'fewer-rooms-than-checked': 'Total rooms is less than the rooms listed', 'instrument-missing': 'Readings without an instrument', 'instrument-expired': 'An instrument’s certificate had expired on that day',
    'two-officers-needed': 'Two officers with valid certificates are needed, there are {{count}}', 'certificates-not-shown': 'Certificates shown is not recorded', 'recusal-not-asked': 'Recusal was not asked', 'recusal-answer-missing': 'The answer on recusal is missing',
    'person-unknown': '{{name}}: not known on this laptop', assistant: '{{name}}: assistants do not count as officers', 'no-certificate': '{{name}}: no enforcement certificate', 'certificate-not-yet-valid': '{{name}}: certificate not yet valid on that day',
    'certificate-expired': '{{name}}: certificate expired on that day', 'same-certificate': '{{name}}: same certificate number as another officer', 'blank-on-paper': '{{label}} missing, left blank on paper',
  },

  papers: 'Papers', makePapers: 'Make the papers', making: 'Making {{done}} of {{total}}', finish: 'Not made, continue', finishHint: 'Number {{number}} is given; continuing keeps it.',
  afterLock: 'Made after locking', previewOf: 'Preview: {{paper}}', previewNotice: 'This is a preview; the paper is made after locking.',
  missingGlyphs: 'The font does not have: {{characters}}. They show as 〓 and are not dropped; write them in by hand on the print and let the signer confirm.',
  fontLine: 'Paper font: Noto Serif SC. This version does not read the system’s FangSong; the office system decides the fonts of a draft opinion.',
  
  previewFailed: 'The preview could not be drawn; the paper itself is safe. Close and open this page again.',

  print: 'Print: {{printer}} · {{pages}} pages', printCopies: 'Print: {{printer}} · {{pages}} pages × {{copies}}', printCopy: 'Print a copy', printer: 'Printer', defaultPrinter: 'System default', noPrinters: 'No printer found', copies: 'Copies', save: 'Save to a folder…', saved: 'Saved to {{path}}',
  printing: 'Printing', printed: 'Handed to {{printer}}, {{pages}} pages', printedNoPages: 'Handed to {{printer}}', copyHint: 'A copy is the stored original with a mark appended; the original stays as it is.', copyImpossible: 'This file was not made by this program and can not be marked as a copy; it can be printed as it is.',
  prints: 'Prints', printRow: '{{at}} · {{printer}} · original', copyRow: '{{at}} · {{printer}} · copy {{number}}'
  fitWidth: 'Fit width', trueSize: 'True size', page: 'Page {{page}} of {{pages}}',

  signatures: 'Signatures', signatureHint: 'Sign the print, then photograph or scan it; it is bound to the hash of this paper.', noSignatures: 'No signature yet', addSigned: 'Add signed print…', addStamped: 'Add stamped print…', addDrawn: 'Draw on screen…',
  who: 'Who signs', whos: { party: 'Inspected unit', witness: 'Witness', officer: 'Officer' }, ways: { 'signed-print': 'signed print', stamped: 'stamped', drawn: 'drawn' }, name: 'Name', file: 'Photo or scan', files: 'Several allowed, one a page', chooseFile: 'Choose…', chosen: '{{count}} files chosen', bind: 'Bind to the paper',
  drawHere: 'Please sign inside the frame', clear: 'Again', drawnHint: 'A drawn signature is a picture of handwriting, not a reliable electronic signature.', view: 'View', signedRow: '{{who}} {{name}} · {{way}} · {{at}}', otherBytes: 'Signs another version, not this paper', onTheWay: 'photo on its way',
  refusals: 'Refusals', refuseSign: 'Signature refused…', refuseReceive: 'Receipt refused…', refusalReason: 'Reason (needed)', witness: 'Witness (optional)', video: 'Video (optional)', refusalHint: 'A refused signature does not void the paper: write down why. Witness and video are both optional.', recordRefusal: 'Record',
  refusedRow: { sign: 'Signature refused: {{reason}}', receive: 'Receipt refused: {{reason}}' }, refusalMore: '{{at}}{{witness}}{{video}}', withWitness: ' · witness {{name}}', withVideo: ' · with video',

  sentBack: '{{name}} sent it back: {{comment}}', sentBackHint: 'Signed papers stay as they are; a correction is an amendment.', approved: '{{name}} approved',
  late: 'Supplement (arrived after locking)', lateHint: 'These rooms arrived after locking. Accepting or rejecting does not change what is locked.', lateNew: '{{room}}: new room', lateChanged: '{{room}}: entered after locking', accept: 'Accept', reject: 'Reject', accepted: 'Accepted', rejected: 'Rejected', decisionReason: 'Reason',
  amendments: 'Amendments', amendHint: 'When something locked is wrong, an amendment says so with its reason; the original stays.', amend: 'Amend…', amendReason: 'Reason (needed)', amendText: 'Corrected to', amendSave: 'Record the amendment', amendWhole: 'The whole inspection', amendTarget: 'What is corrected', amendRow: '{{at}} {{name}}: {{reason}}',
  paper: 'Paper form', paperHint: 'Where no laptop works, fill in a blank form by hand and enter it later.', blank: 'Make a blank form',
  voidPaper: 'Void…', voidReason: 'Reason (needed)', voidHint: 'The number is not used again; the paper and the reason are kept.', voidConfirm: 'Void',
  
} as const;
