export const texts = {
  title: 'Today', about: '{{date}}, {{count}} things to do.', newInspection: 'New inspection', rooms: '{{done}}/{{total}} rooms', replyBy: 'Reply by {{date}}',
  groups: { 'sent-back': 'Sent back', overdue: 'Replies overdue', 'opinion-step': 'Opinions at your step', 'to-review': 'To review', unsigned: 'Papers to be signed', 'in-work': 'Inspections in work', 'due-soon': 'Replies due within a week' },
  steps: { draft: 'Draft', 'section-review': 'Section review', 'legal-reading': 'Legal reading', countersign: 'Countersign', issue: 'Issue by the leader', number: 'Number', seal: 'Seal', serve: 'Serve' },
  firstTitle: 'Import institutions first', firstText: 'With units in the list, inspections can begin. Import the list from CSV or XLSX.', firstTextAdministrator: 'With units in the list, inspections can begin; people and enrolment codes are under "People".', importInstitutions: 'Import institutions', beginTitle: 'No inspections yet', beginText: 'Pick a unit for the first inspection; no network is needed.', nothing: 'Nothing to do today', nothingText: 'New things appear here by themselves.', seeInspections: 'See all inspections',
} as const;
