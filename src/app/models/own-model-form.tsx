// The form for a model of one's own: fill in its fields or paste its manifest. The file is fetched once, to learn its size and hash.
import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { readCard } from '../../core/card.ts';
import type { OwnModel } from '../../core/models-setting.ts';
import { useServices } from '../services.tsx';
import { EMPTY_FIELDS, type Fields, idOf, manifestOf, type Problems, problemsOf } from './manifest.ts';
import css from './models.module.css';
import { OwnModelFields } from './own-model-fields.tsx';
import { sentenceOf } from './provider-line.tsx';

interface OwnModelFormProps {
  /** Ids of models that are there: one of them would be replaced. */
  readonly taken: readonly string[];
  onAdd(model: OwnModel): void;
  onCancel(): void;
}

export function OwnModelForm({ taken, onAdd, onCancel }: OwnModelFormProps) {
  const [mode, setMode] = useState<'fields' | 'json'>('fields');
  const [fields, setFields] = useState<Fields>(EMPTY_FIELDS);
  const [text, setText] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const { weighed, error, isPending } = useAdding(onAdd);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (mode === 'json') return weighed(() => pasted(text));
    const found = problemsOf(fields);
    setProblems(found);
    if (!Object.keys(found).length) weighed(() => manifestOf(fields));
  }

  const change = (part: Partial<Fields>) => {
    setFields({ ...fields, ...part });
    setProblems({});
  };
  return (
    <form className={css.form} onSubmit={submit} aria-label="Add a model" noValidate>
      <SegmentedControl
        aria-label="How to describe it"
        value={mode}
        onChange={(next) => setMode(next as 'fields' | 'json')}
        data={[
          { value: 'fields', label: 'Fill in' },
          { value: 'json', label: 'Paste JSON' },
        ]}
      />
      {mode === 'fields' ? (
        <OwnModelFields fields={fields} problems={problems} onChange={change} />
      ) : (
        <Textarea
          label="Manifest"
          description="Like the cards of our models: id, title, weights.file (its address), input, outputs. Data and measurements may be left out."
          placeholder={EXAMPLE}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={10}
          maxRows={24}
          spellCheck={false}
          classNames={{ input: css.code }}
        />
      )}
      {error !== null && (
        <p role="alert" className={css.problem}>
          {sentenceOf(error)}
        </p>
      )}
      {Object.keys(problems).length > 0 && (
        <p role="alert" className={css.problem}>
          Some fields need another look: they say what is wrong.
        </p>
      )}
      <div className={css.buttons}>
        <Button type="submit" loading={isPending}>
          {mode === 'fields' && taken.includes(idOf(fields.title)) ? 'Replace it' : 'Fetch and add it'}
        </Button>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** Until the file was fetched. */
const NOT_YET = { bytes: 1, sha256: '0'.repeat(64) };

const EXAMPLE = `{
  "schema": "medley.model/1",
  "id": "my-net", "version": "1", "title": "My net",
  "weights": { "file": "https://example.org/net.onnx" },
  …`;

function pasted(text: string): Record<string, unknown> {
  const found: unknown = (() => {
    try {
      return JSON.parse(text);
    } catch {
      throw new Error('This is not JSON. A manifest begins with { and ends with }.');
    }
  })();
  if (typeof found !== 'object' || found === null || Array.isArray(found)) throw new Error('A manifest is one JSON object.');
  return found as Record<string, unknown>;
}

/** Fetches the weights of a manifest, fills in their size and hash, checks the whole, and runs it once. */
function useAdding(onAdd: (model: OwnModel) => void) {
  const { models } = useServices();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async (make: () => Record<string, unknown>) => {
      const manifest = make();
      const weights = (manifest.weights ?? {}) as { file?: unknown; sha256?: unknown };
      if (typeof weights.file !== 'string' || !weights.file) throw new Error('The manifest must say where the ONNX file is: weights.file.');
      const url = new URL(weights.file, location.href).href;
      const defaults = { version: '1', summary: '', limits: [], notice: NOTICE, ...manifest };
      // Whatever else is wrong is said before anything is fetched.
      readCard({ ...defaults, weights: { ...NOT_YET, file: weights.file } });
      const found = await models.weigh(url);
      if (typeof weights.sha256 === 'string' && weights.sha256.toLowerCase() !== found.sha256)
        throw new Error('The file at this address is not the one that the manifest means: its SHA-256 differs.');
      const model: OwnModel = { card: readCard({ ...defaults, weights: { file: weights.file, ...found } }), url };
      // Run once: names and shapes that do not fit are said now, not in the middle of an analysis.
      await models.look(model, { picture: GREY, wish: 'wasm' });
      return model;
    },
    onSuccess: onAdd,
  });
  return { weighed: mutate, error, isPending };
}

const GREY = { columns: 8, rows: 8, rgba: new Uint8ClampedArray(256).fill(128) };
const NOTICE = 'Research use only, not a medical device.';
