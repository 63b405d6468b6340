// Models: every network that may look at a picture here, what is known about it, and the way to bring one's own.
import { Button, Skeleton } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { humanUrlOf, useCards } from './cards.ts';
import { usePixels } from './choices.ts';
import { ModelView } from './model-view.tsx';
import css from './models.module.css';
import { OwnModels } from './own-models.tsx';
import { ProviderLine, sentenceOf } from './provider-line.tsx';

export function ModelsPage() {
  useDocumentTitle('Models – Medley');
  const [pixels] = usePixels();
  return (
    <div className={css.page}>
      <h1>Models</h1>
      <p className={css.lead}>
        Small networks look at the picture itself, where headers and names are silent or wrong. They run in this browser, and no picture
        leaves it. What they say is evidence, weighed with everything else.
      </p>
      <p className={css.where}>
        {pixels ? <ProviderLine /> : <span>Models are switched off: no picture is looked at.</span>}{' '}
        <Link to="/settings">Change it in the settings</Link>
      </p>
      <Shipped />
      <OwnModels />
    </div>
  );
}

function Shipped() {
  const { data, error, isPending, refetch } = useCards();
  useJump(data !== undefined);
  if (isPending) return <Skeleton height={420} aria-label="Loading the models" />;
  if (error) {
    return (
      <div className={css.problem} role="alert">
        <p>{sentenceOf(error)}</p>
        <Button size="compact-sm" variant="default" onClick={() => void refetch()}>
          Try again
        </Button>
      </div>
    );
  }
  if (!data.length)
    return <p className={css.empty}>No model comes with this copy of Medley. Labels come from headers, names and voxel values.</p>;
  return data.map((found) =>
    found.model ? <ModelView key={found.id} model={found.model} humanUrl={humanUrlOf(found.id)} /> : <Broken key={found.id} {...found} />,
  );
}

function Broken({ id, because }: { id: string; because: string }) {
  return (
    <article className={css.model} aria-labelledby={`title-${id}`}>
      <h3 id={`title-${id}`}>{id}</h3>
      <p className={css.problem}>{because} Analyses go on without it.</p>
    </article>
  );
}

/** A link to one model leads to it, though it is drawn later than the page. */
function useJump(drawn: boolean): void {
  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    if (drawn && hash) document.getElementById(hash)?.scrollIntoView();
  }, [drawn, hash]);
}
