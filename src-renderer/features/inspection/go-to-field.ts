/** Panels of the setup by the record's fields that are no single control. */
const panels: Readonly<Record<string, string>> = { instruments: 'setup-instruments', institutionId: 'setup-task', inspectionRefused: 'setup-refusal', fromPaper: 'setup-paper' };

/** Brings a panel (`setup-place`) or a field (`startedAt`) of the setup into view and puts the cursor there. */
export function goTo(place: string): void {
  const target = document.getElementById(panels[place] ?? place) ?? document.querySelector(`[data-field="${CSS.escape(place)}"]`);
  target?.scrollIntoView({ block: 'center' });
  target?.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea, button')?.focus({ preventScroll: true });
}
