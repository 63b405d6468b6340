// The projection of a volume under its viewer, made when it is asked for: it reads every slice.
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Item } from '../../core/item.ts';
import { canProject, Projection } from '../../viewer/projection.tsx';
import type { Overlay } from '../../viewer/use-overlay.ts';
import { useServices } from '../services.tsx';

export function ProjectionPanel({ runId, item, overlay }: { runId: string; item: Item; overlay: Overlay }) {
  const { store, jobs } = useServices();
  const [open, setOpen] = useState(false);
  const masks = useMemo(() => overlay.layers.map(({ mask }) => mask), [overlay.layers]);
  if (!canProject({ item })) return null;
  return (
    <div>
      <Button variant="default" size="xs" mt="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
        Projection
      </Button>
      {open ? <Projection runId={runId} item={item} store={store} jobs={jobs} masks={masks} /> : null}
    </div>
  );
}
