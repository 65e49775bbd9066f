export const texts = {
  product: 'Xuncha 节能巡查', trial: 'trial version', demo: 'demo', about: 'Indoor temperature checks of public institutions: records on site, papers, corrections. Works without a network.',
  signIn: 'Sign in', who: 'Officer', passphrase: 'Passphrase', unlocking: 'Checking the passphrase', enrolAnother: 'Enrol another officer', offlineHint: 'Signing in needs no network. If the passphrase is lost, ask the administrator for a new enrolment code; records not yet sent stay in the old account.',
  chainCode: 'laptop code {{code}}',
  enrol: 'Enrol on this laptop', enrolWay: 'Way of enrolment', withCode: 'With a code from the administrator', asFirst: 'Make the first account', withCodeAbout: 'Ask the system administrator to make a one-time code for you under "People". Enrolment needs the network once; later you sign in offline too.',
  asFirstAbout: 'At its first start the server prints a one-time code on its console. It makes the office and its first system administrator.',
  serverUrl: 'Server address', serverUrlHint: 'From the system administrator, beginning with https://; only a server on this machine may use http://.', code: 'One-time enrolment code', consoleCode: 'Code on the server\'s console',
  deviceName: 'Name of this laptop', deviceNameHint: 'What the administrator sees in the list of devices.', officeName: 'Name of the office', name: 'Name', loginName: 'Login name', newPassphrase: 'Choose a passphrase', passphraseHint: 'At least 8 characters. It exists in your memory only; nobody can recover it.',
  passphraseAgain: 'Passphrase again', back: 'Back', enrolNow: 'Enrol and sign in', enrolling: 'Enrolling',
  gaps: { needed: 'Please fill this in.', short: 'A passphrase has at least 8 characters.', different: 'The two passphrases differ.', address: 'Please give the whole address, such as https://xuncha.example.gov.cn.' },
  opening: 'Opening this laptop\'s records', openingCount: '{{done}} of {{of}} read', openFailed: 'This laptop\'s records could not be opened', openFailedSafe: 'The records in the journal are unchanged. Try again; if it stays so, call the administrator and delete nothing.', openAgain: 'Try again',
  demoEnded: 'The demo has ended', demoEndedAbout: 'The demo accounts and demo records are removed from this laptop; real accounts are elsewhere and unchanged. The folder was:', beginTitle: 'How real work begins', beginServer: 'The system administrator starts the office\'s server (npm run serve, or installed as the operations guide says), makes the first account with the one-time code on its console, and an enrolment code for each person under "People".', beginProgram: 'Close this window and open the installed program on this laptop; not with npm start, which always opens the demo.', beginEnrol: 'On the sign-in page choose to enrol, give the server\'s address and your enrolment code, and choose a passphrase.', demoClose: 'Close',
  demoTitle: 'Choose a demo account', demoAbout: 'All demo data is fictional, lives in the demo server on this machine only, and every page is marked "demo".',
  roles: {
    inspector: 'Inspector', assistant: 'Assistant', 'section-head': 'Section head', 'legal-section': 'Legal section', leader: 'Leader in charge', office: 'Office', archivist: 'Archivist', 'external-auditor': 'External auditor',
    'joint-staff': 'Joint staff', 'system-administrator': 'System administrator', 'security-administrator': 'Security administrator', 'audit-administrator': 'Audit administrator',
  },
} as const;
