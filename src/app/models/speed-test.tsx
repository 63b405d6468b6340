// How fast a model is on this machine, measured when somebody asks.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OutlineModel, OwnModel } from '../../core/models-setting.ts';
import { count } from '../numbers.ts';
import { useServices } from '../services.tsx';
import { useProvider } from './choices.ts';
import css from './models.module.css';
import { PROVIDER_NAMES, sentenceOf } from './provider-line.tsx';
import { keptKey } from './weights-state.tsx';

/** 4.2 → "4.2 ms", 38.6 → "39 ms", 4213 → "4.2 s". */
export const elapsed = (ms: number): string =>
  ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

export function SpeedTest({ model }: { model: OwnModel | OutlineModel }) {
  const { models } = useServices();
  const [wish] = useProvider();
  const queries = useQueryClient();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => models.measure(model, wish),
    // Measuring loads the weights, and keeps them.
    onSettled: () => queries.invalidateQueries({ queryKey: keptKey(model) }),
  });
  return (
    <div className={css.speed}>
      <Button
        size="compact-sm"
        variant="default"
        loading={isPending}
        onClick={() => mutate()}
        aria-label={`Measure speed of ${model.card.title}`}
      >
        Measure speed
      </Button>
      <p role="status">
        {isPending && 'Loading and measuring, a few seconds …'}
        {data && (
          <>
            <strong>{elapsed(data.msPerImage)} an image</strong>, {count(Math.round(1000 / data.msPerImage))} images a second with one
            worker, on {PROVIDER_NAMES[data.provider]} (the middle of {count(data.images)} made-up pictures; ready after{' '}
            {elapsed(data.loadMs)}). {data.because}
          </>
        )}
      </p>
      {error && (
        <p role="alert" className={css.problem}>
          {sentenceOf(error)}
        </p>
      )}
    </div>
  );
}
