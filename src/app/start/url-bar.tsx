// The URL bar: one or several links, and the button. The same on the start page and on top of a run.
import { Button, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, memo, useEffect, useRef, useState } from 'react';
import { useKeys } from '../shell/use-keys.ts';
import { linksOf } from './links.ts';
import styles from './start.module.css';
import { useAnalyse } from './use-analyse.ts';

interface UrlBarProps {
  /** What it starts with. */
  readonly initial?: string;
  readonly placeholder: string;
  readonly size: 'md' | 'lg';
  readonly autoFocus?: boolean;
}

/** Kept while nothing of it changes: its text area measures itself whenever it is drawn, and a run draws the page many times. */
export const UrlBar = memo(function UrlBar({ initial = '', placeholder, size, autoFocus }: UrlBarProps) {
  const [text, setText] = useState(initial);
  const [problem, setProblem] = useState<string>();
  const input = useRef<HTMLTextAreaElement>(null);
  const [focused, setFocused] = useState(false);
  const analyse = useAnalyse();
  // On top of a run it takes one line until somebody edits it.
  const folded = size === 'md' && !focused;
  useEffect(() => setText(initial), [initial]);
  useKeys({ '/': () => input.current?.select() });

  function submit(event?: FormEvent) {
    event?.preventDefault();
    const { urls, wrong } = linksOf(text);
    const said = problemOf(urls, wrong);
    setProblem(said);
    if (said) input.current?.focus();
    else analyse(urls.map((url) => ({ kind: 'url', url })));
  }

  function press(event: KeyboardEvent) {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
  }

  return (
    <form className={styles.bar} onSubmit={submit} data-size={size} noValidate>
      <Textarea
        ref={input}
        className={styles.url}
        classNames={{ input: styles.urlInput }}
        aria-label="Source URL"
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(undefined);
        }}
        onKeyDown={press}
        error={problem}
        size={size}
        autosize
        minRows={1}
        maxRows={folded ? 1 : 6}
        wrap={folded ? 'off' : 'soft'}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        autoFocus={autoFocus}
        inputMode="url"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
      />
      <Button type="submit" size={size} className={styles.go}>
        Analyse
      </Button>
    </form>
  );
});

function problemOf(urls: readonly string[], wrong: string | undefined): string | undefined {
  if (wrong)
    return `“${wrong.slice(0, 80)}” is not a web link. Links begin with https://. A file or folder of this computer can be dropped on the page.`;
  return urls.length ? undefined : 'Paste a link first, or drop a folder on the page.';
}
