// Names of archive members as labels. A name is never a path to open, and one that tries to leave the archive is refused.

/** The label of a member (slashes only, no empty or `.` parts), or undefined where the name is unsafe: absolute, `..`, a drive letter, NUL, empty. */
export function memberName(raw: string): string | undefined {
  if (raw.includes('\0')) return undefined;
  // Zips made on Windows separate folders by backslashes (APPNOTE 4.4.17.1 forbids it, they do it).
  const name = raw.replaceAll('\\', '/');
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return undefined;
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0 || parts.includes('..')) return undefined;
  return parts.join('/');
}

/** An unsafe name as it can be shown: control characters become visible. */
export function shownName(raw: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return raw.replace(/[\u0000-\u001f\u007f]/g, '␀') || '(no name)';
}

/** Gives a second member of the same name a suffix: `a.dcm`, `a (2).dcm`. */
export function distinct(seen: Map<string, number>, name: string): string {
  const count = (seen.get(name) ?? 0) + 1;
  seen.set(name, count);
  if (count === 1) return name;
  const numbered = `${name} (${count})`;
  if (seen.has(numbered)) return distinct(seen, name);
  seen.set(numbered, 1);
  return numbered;
}

export const UNSAFE_NAME = 'Its name points outside the archive or cannot be a file name, so it is not opened.';
