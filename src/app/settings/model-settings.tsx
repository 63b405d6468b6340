// Settings of models: whether pictures are looked at, where networks run and why, and the weights that are kept.
import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ProviderWish } from '../../core/model.ts';
import { usePixels, useProvider } from '../models/choices.ts';
import { ProviderLine, sentenceOf } from '../models/provider-line.tsx';
import { useServices } from '../services.tsx';
import styles from './settings.module.css';

export function ModelSettings() {
  const [pixels, setPixels] = usePixels();
  const [provider, setProvider] = useProvider();
  return (
    <section>
      <h2 id="models">Models</h2>
      <Switch
        mb="md"
        checked={pixels}
        onChange={(event) => setPixels(event.currentTarget.checked)}
        label="Look at pictures"
        description="Without it, labels come from headers, names, geometry and voxel values alone, and nobody looks for tumours, other lesions or vessels. Holds for analyses that start from now on."
      />
      <p className={styles.choice} aria-hidden="true">
        Where models run
      </p>
      <SegmentedControl
        aria-label="Where models run"
        value={provider}
        onChange={(value) => setProvider(value as ProviderWish)}
        data={[
          { value: 'auto', label: 'Automatic' },
          { value: 'webgpu', label: 'WebGPU' },
          { value: 'wasm', label: 'WASM' },
        ]}
      />
      <p className={styles.reason} role="status">
        <ProviderLine />
      </p>
      <p>
        <Link to="/models">What the models are, how well they do, and how to bring your own</Link>
      </p>
      <Forget />
    </section>
  );
}

function Forget() {
  const { models } = useServices();
  const queries = useQueryClient();
  const { mutate, isSuccess, error, isPending } = useMutation({
    mutationFn: () => models.forget(),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['models', 'kept'] }),
  });
  return (
    <>
      <Button variant="default" loading={isPending} onClick={() => mutate()}>
        Clear kept models
      </Button>
      <p className={styles.reason} role="status">
        {isSuccess && 'The weights are gone from this device; they are fetched again when they are needed.'}
        {error && sentenceOf(error)}
      </p>
    </>
  );
}
