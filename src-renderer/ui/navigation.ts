import { useSyncExternalStore } from 'react';

/**
 * Where the officer is, as a path after the hash: /today · /inspections · /inspections/<id>/(setup|rooms|walk|papers|review)
 * · /corrections · /corrections/<caseId> · /documents · /opinions/<id> · /institutions · /people · /sync · /settings.
 */
export function navigate(path: string): void {
  window.location.hash = path;
}

export function currentPath(): string {
  const hash = window.location.hash.replace(/^#/, '');
  return hash.startsWith('/') ? hash : '/today';
}

export function usePath(): string {
  return useSyncExternalStore(listen, currentPath);
}

/** The parts of the path: `/inspections/abc/rooms` → ['inspections', 'abc', 'rooms']. */
export function usePathParts(): readonly string[] {
  return usePath().split('/').filter((part) => part !== '');
}

function listen(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}
