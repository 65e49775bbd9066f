/** The parts of the desk, in the order of the rail. `who`: only for officers with one of these roles. */
export type Section = {
  readonly path: 'today' | 'inspections' | 'corrections' | 'documents' | 'institutions' | 'people' | 'settings';
  readonly who: readonly string[] | null;
  /** One stroke path on a 24 × 24 field. */
  readonly icon: string;
};

export const sections: readonly Section[] = [
  { path: 'today', who: null, icon: 'M5 6h14v14H5zM5 10h14M9 3v4M15 3v4M9 14l2.2 2.2L15.5 12.5' },
  { path: 'inspections', who: null, icon: 'M4 5h16v14H4zM4 10h16M4 14.5h16M9.5 5v14' },
  { path: 'corrections', who: null, icon: 'M4 12a8 8 0 1 1 2.6 5.9M4 20v-4.5h4.5M12 8v4.5l3 1.8' },
  { path: 'documents', who: null, icon: 'M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5' },
  { path: 'institutions', who: null, icon: 'M4 20h16M6 20V9l6-4 6 4v11M10 20v-5h4v5M9.5 11.5h.01M14.5 11.5h.01' },
  { path: 'people', who: ['system-administrator', 'security-administrator'], icon: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.5 19c.6-3 2.7-5 5.5-5s4.9 2 5.5 5M16 11.2a2.6 2.6 0 1 0-.9-5M16.4 14.2c2.2.3 3.7 2 4.1 4.8' },
  { path: 'settings', who: null, icon: 'M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4M4 12h16' },
];
