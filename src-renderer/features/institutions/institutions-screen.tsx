import { useScreenReady } from '../../ui/screen-ready.ts';
import { usePathParts } from '../../ui/navigation.ts';
import { ImportScreen } from './import-screen.tsx';
import { InstitutionScreen } from './institution-screen.tsx';
import { InstitutionList } from './institution-list.tsx';
import './institutions.css';

/** /institutions · /institutions/new · /institutions/import · /institutions/<id> */
export function InstitutionsScreen() {
  const [, part] = usePathParts();
  useScreenReady(true);
  if (part === 'import') return <ImportScreen />;
  if (part !== undefined && part !== 'new') return <InstitutionScreen institutionId={part} />;
  return <InstitutionList creating={part === 'new'} />;
}
