export const texts = {
  title: 'Photos, files and videos', about: 'Records go first; photos and videos follow by themselves. After a cut they go on where they stopped: at most 4 MB is sent again.', nothing: 'All are on the server.', progressOfAll: 'Progress of all uploads', progressOf: 'Progress of {{name}}',
  standing: '{{sent}} of {{total}} sent, {{count}} to go', pace: '{{size}} a second, {{left}}', timeLeft: 'about {{time}} left', minutes: '{{count}} min', seconds: '{{count}} s', hours: '{{hours}} h {{minutes}} min', unknownTime: 'estimating the time left',
  pause: 'Pause uploads', goOn: 'Go on uploading', paused: 'Uploads of photos and videos are paused (for lines that charge by volume). Records are exchanged as usual; what an act of the office needs, such as a sealed scan, still goes up.',
  file: 'File', state: 'Progress', ofSize: '{{sent}} / {{total}}', refused: '{{count}} could not be uploaded', refusedAbout: 'The originals are on this laptop, nothing is lost; they are tried again after the next sign-in.', size: 'Size', why: 'Reason and remedy',
  kinds: { image: 'Photo', video: 'Video', audio: 'Recording', pdf: 'PDF', other: 'File' },
  storing: 'Storing…', chosen: '{{name}} ({{size}}), stored on this laptop', save: 'Save a copy…', saving: 'Saving…', saved: 'Saved to {{path}}',
} as const;
