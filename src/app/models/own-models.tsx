// Models that a person brought: each on or off, or gone. They run beside ours; the form adds one.
import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import type { OwnModel } from '../../core/models-setting.ts';
import { useOwnModels } from './choices.ts';
import { ModelView } from './model-view.tsx';
import css from './models.module.css';
import { OwnModelForm } from './own-model-form.tsx';

export function OwnModels() {
  const [own, setOwn] = useOwnModels();
  const [adding, setAdding] = useState(false);
  const change = (id: string, on: boolean) => setOwn(own.map((one) => (one.card.id === id ? { ...one, on } : one)));
  const add = (model: OwnModel) => {
    setOwn([...own.filter((one) => one.card.id !== model.card.id), { ...model, on: true }]);
    setAdding(false);
  };
  return (
    <section className={css.own} aria-labelledby="own-models">
      <h2 id="own-models">Your own models</h2>
      <p>
        An ONNX file with a small manifest runs beside ours in every analysis that starts from now on. Its answers are evidence like any
        other: they are weighed, shown with its name, and never overrule a person.
      </p>
      {own.map(({ on, ...model }) => (
        <ModelView key={model.card.id} model={model} own>
          <div className={css.ownTools}>
            <Switch
              label="Use it"
              aria-label={`Use it: ${model.card.title}`}
              checked={on}
              onChange={(event) => change(model.card.id, event.currentTarget.checked)}
            />
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Remove ${model.card.title}`}
              onClick={() => setOwn(own.filter((one) => one.card.id !== model.card.id))}
            >
              Remove
            </Button>
          </div>
        </ModelView>
      ))}
      {adding ? (
        <OwnModelForm onAdd={add} onCancel={() => setAdding(false)} taken={own.map(({ card }) => card.id)} />
      ) : (
        <Button variant="default" onClick={() => setAdding(true)}>
          Add a model
        </Button>
      )}
    </section>
  );
}
