import { expect, type Page } from '@playwright/test';
import { picture, type OpenApp } from './launch.ts';
import { textFaults } from './text-faults.ts';

export const sizes = { '1366x768': { width: 1366, height: 768 }, '1920x1080': { width: 1920, height: 1080 } } as const;

/** A photo as a camera makes it: a real JPEG, here of whatever the window shows. */
export async function photoOf(page: Page, name: string): Promise<{ readonly name: string; readonly mimeType: string; readonly buffer: Buffer }> {
  return { name, mimeType: 'image/jpeg', buffer: await page.screenshot({ type: 'jpeg', quality: 60, scale: 'css' }) };
}

/**
 * The present screen in light and dark at both sizes, for people to look at. By the page's own metrics: a window as large as
 * the screen of Xvfb is made one pixel smaller by Chromium.
 */
export async function pictures({ page }: OpenApp, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    for (const [sizeName, size] of Object.entries(sizes)) {
      await page.setViewportSize(size);
      await picture(page, `${name}-${sizeName}-${theme}`);
      expect(await textFaults(page), `${name} at ${sizeName}`).toEqual([]);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(sizes['1366x768']);
}
