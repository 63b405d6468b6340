// Single-key shortcuts, off inside inputs, and switchable off as a whole (WCAG 2.1.4).
import { useLocalStorage } from '@mantine/hooks';
import { useEffect, useRef } from 'react';

/** Whether single letters and signs act; kept on this device. */
export function useSingleKeys() {
  return useLocalStorage({ key: 'medley-single-keys', defaultValue: true });
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Key as in KeyboardEvent.key → what it does; the caller need not keep the object stable. */
export function useKeys(keys: Readonly<Record<string, (() => void) | undefined>>): void {
  const [on] = useSingleKeys();
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      const act = current.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [on]);
}
