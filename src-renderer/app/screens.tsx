import Button from '@mui/material/Button';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TodayScreen } from '../features/today/today-screen.tsx';
import { navigate, usePathParts } from '../ui/navigation.ts';
import { EmptyState } from '../ui/page.tsx';
import { useScreenReady } from '../ui/screen-ready.ts';
import { InspectionWorkspace } from './inspection-workspace.tsx';

// Today is in the first bundle, everything else arrives when it is first opened.
const InspectionsScreen = lazy(async () => ({ default: (await import('../features/inspection/inspections-screen.tsx')).InspectionsScreen }));
const InstitutionsScreen = lazy(async () => ({ default: (await import('../features/institutions/institutions-screen.tsx')).InstitutionsScreen }));
const CorrectionsScreen = lazy(async () => ({ default: (await import('../features/casework/corrections-screen.tsx')).CorrectionsScreen }));
const CaseScreen = lazy(async () => ({ default: (await import('../features/casework/case-screen.tsx')).CaseScreen }));
const OpinionScreen = lazy(async () => ({ default: (await import('../features/casework/opinion-screen.tsx')).OpinionScreen }));
const DocumentsScreen = lazy(async () => ({ default: (await import('../features/documents/documents-screen.tsx')).DocumentsScreen }));
const PeopleScreen = lazy(async () => ({ default: (await import('../features/people/people-screen.tsx')).PeopleScreen }));
const SyncScreen = lazy(async () => ({ default: (await import('../features/sync/sync-screen.tsx')).SyncScreen }));
const ConflictsScreen = lazy(async () => ({ default: (await import('../features/sync/conflicts-screen.tsx')).ConflictsScreen }));
const SettingsScreen = lazy(async () => ({ default: (await import('../features/settings/settings-screen.tsx')).SettingsScreen }));

/** The screen that the path names. */
export function Screen() {
  const [section = 'today', id, part] = usePathParts();
  if (section === 'today') return <TodayScreen />;
  return <Suspense fallback={<div aria-busy="true" />}>{screenOf(section, id, part)}<Arrived /></Suspense>;
}

function screenOf(section: string, id: string | undefined, part: string | undefined): ReactNode {
  switch (section) {
    case 'inspections': return id && id !== 'new' ? <InspectionWorkspace key={id} inspectionId={id} tab={part ?? 'setup'} /> : <InspectionsScreen />;
    case 'institutions': return <InstitutionsScreen key={id} />;
    case 'corrections': return id ? <CaseScreen key={id} caseId={id} /> : <CorrectionsScreen />;
    case 'opinions': return id ? <OpinionScreen key={id} opinionId={id} /> : <CorrectionsScreen />;
    case 'documents': return <DocumentsScreen />;
    case 'people': return <PeopleScreen />;
    case 'sync': return id === 'conflicts' ? <ConflictsScreen /> : <SyncScreen />;
    case 'settings': return <SettingsScreen />;
    default: return <NoScreen />;
  }
}

function Arrived() {
  useScreenReady(true);
  return null;
}

function NoScreen() {
  const { t } = useTranslation('app');
  return <EmptyState title={t('noScreen')}><Button variant="outlined" onClick={() => navigate('/today')}>{t('toToday')}</Button></EmptyState>;
}
