import type { Page } from '@playwright/test';

/**
 * Texts that can not be read as they stand on the screen: cut off without a sign of it, or with other text on top. What is
 * scrolled out of sight inside its own area is no fault.
 */
export function textFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    type Piece = { readonly text: string; readonly element: Element; readonly box: DOMRect };
    const tolerance = 2;

    const pieces: Piece[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = (node.textContent ?? '').trim();
      if (!element || text === '' || !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) pieces.push({ text, element, box });
    }

    const short = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}…` : text);
    const faults = new Set<string>();
    const seen: Piece[] = [];
    for (const piece of pieces) {
      const cut = cutBy(piece);
      if (cut === 'out-of-sight') continue;
      if (cut === 'clipped') faults.add(`clipped: ${short(piece.text)}`);
      else if (isOnTop(piece)) seen.push(piece);
    }
    seen.forEach((one, at) => {
      for (const other of seen.slice(at + 1)) {
        if (one.element === other.element || one.element.contains(other.element) || other.element.contains(one.element)) continue;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // Lines of text may touch: half a line height of air belongs to each box.
        if (across > tolerance && down > Math.min(one.box.height, other.box.height) / 2 && !isCovered(one, other)) faults.add(`overlapping: ${short(one.text)} / ${short(other.text)}`);
      }
    });
    return [...faults].toSorted();

    /** What the areas around a text leave of it. */
    function cutBy({ element, box }: Piece): 'whole' | 'clipped' | 'out-of-sight' {
      for (let area: Element | null = element; area && area !== document.body; area = area.parentElement) {
        const style = getComputedStyle(area);
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
        const frame = area.getBoundingClientRect();
        // Spoken only: for those who hear the screen.
        if (frame.width <= tolerance || frame.height <= tolerance) return 'out-of-sight';
        const isScrolled = ['auto', 'scroll'].includes(style.overflowX) || ['auto', 'scroll'].includes(style.overflowY);
        const outside = box.right <= frame.left || box.left >= frame.right || box.bottom <= frame.top || box.top >= frame.bottom;
        // A font's box is higher than its signs: a quarter of it may be cut without touching one.
        const air = box.height / 4;
        const over = box.right > frame.right + tolerance || box.left < frame.left - tolerance || box.bottom > frame.bottom + air || box.top < frame.top - air;
        if (outside || (over && isScrolled)) return 'out-of-sight';
        // An ellipsis is a sign, and the whole text is one click or hover away.
        if (over && style.textOverflow !== 'ellipsis') return 'clipped';
        if (over) return 'out-of-sight';
      }
      return box.right > window.innerWidth + tolerance || box.bottom > window.innerHeight + tolerance ? 'out-of-sight' : 'whole';
    }

    /** One lies under an opaque part of the other, as what is scrolled under a pinned column does: no text on text. */
    function isCovered(one: Piece, other: Piece): boolean {
      const isOpaque = (element: Element): boolean => /^rgb\(|, 1\)$/.test(getComputedStyle(element).backgroundColor);
      return [[one, other], [other, one]].some(([upper, lower]) => {
        for (let area: Element | null = upper?.element ?? null; area && lower && !area.contains(lower.element); area = area.parentElement) if (isOpaque(area)) return true;
        return false;
      });
    }

    function isOnTop({ element, box }: Piece): boolean {
      const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return hit !== null && (hit === element || element.contains(hit) || hit.contains(element));
    }
  });
}
