import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../../../src-renderer/i18n/i18n.ts';

/** Runs something that makes React draw, and waits for it. What draws by itself (a feed, a timer) needs no wrapping. */
export async function acting(run: () => Promise<unknown> | void): Promise<void> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  await act(async () => void (await run()));
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
}

const mounted: (() => Promise<void>)[] = [];

/** Draws into a fresh part of the page, in Chinese. */
export async function render(node: ReactNode): Promise<HTMLElement> {
  await startI18n('zh-CN');
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  await acting(() => root.render(node));
  mounted.push(async () => {
    await acting(() => root.unmount());
    place.remove();
  });
  return place;
}

export async function unmountAll(): Promise<void> {
  for (const unmount of mounted.splice(0)) await unmount();
  document.body.replaceChildren();
}

/** Waits until `look` stops throwing; React may draw meanwhile. */
export async function eventually<T>(look: () => T, tries = 200): Promise<T> {
  for (let left = tries; ; left -= 1) {
    try {
      return look();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** The control under a label of these words. */
export function field(label: string): HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  const found = [...document.querySelectorAll('label')].find((each) => each.textContent === label);
  const control = found ? document.getElementById(found.htmlFor) : null;
  if (!control) throw new Error(`no field ${label}`);
  return control as HTMLInputElement;
}

export async function type(label: string, text: string): Promise<void> {
  const control = field(label);
  const proto = control instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  await acting(() => {
    control.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    Object.getOwnPropertyDescriptor(proto, 'value')?.set?.call(control, text);
    control.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

export async function leave(label: string): Promise<void> {
  await acting(() => void field(label).dispatchEvent(new FocusEvent('focusout', { bubbles: true })));
}

export async function click(words: string): Promise<void> {
  const button = [...document.querySelectorAll<HTMLElement>('button, [role=button], a')].find((each) => each.textContent?.includes(words));
  if (!button) throw new Error(`nothing to click says ${words}`);
  await acting(() => button.click());
}

export function pageText(): string {
  return document.body.textContent ?? '';
}
