// Models: every network that may look at a picture here, what is known about it, and the way to bring one's own.
import { Button, Skeleton } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { humanUrlOf, useCards, useOutlineCards } from './cards.ts';
import { usePixels } from './choices.ts';
import { ModelView } from './model-view.tsx';
import css from './models.module.css';
import { OutlineView } from './outline-view.tsx';
import { OwnModels } from './own-models.tsx';
import { ProviderLine, sentenceOf } from './provider-line.tsx';

export function ModelsPage() {
  useDocumentTitle('Models – Medley');
  const [pixels] = usePixels();
  return (
    <div className={css.page}>
      <h1>Models</h1>
      <p className={css.lead}>
        Small networks look at the picture itself: they recognise what it is where headers and names are silent or wrong, and they outline
        tumours, other lesions and vessels where one of them has learnt to. They run in this browser, and no picture leaves it. What they
        say is evidence, weighed with everything else.
      </p>
      <p className={css.where}>
        {pixels ? <ProviderLine /> : <span>Models are switched off: no picture is looked at.</span>}{' '}
        <Link to="/settings">Change it in the settings</Link>
      </p>
      <h2 className={css.part}>Recognising</h2>
      <Shipped />
      <h2 className={css.part}>Outlining</h2>
      <ShippedOutlines />
      <OwnModels />
    </div>
  );
}

function Shipped() {
  const { data, error, isPending, refetch } = useCards();
  if (isPending) return <Skeleton height={420} aria-label="Loading the models" />;
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data.length)
    return <p className={css.empty}>No model comes with this copy of Medley. Labels come from headers, names and voxel values.</p>;
  return data.map((found) =>
    found.model ? <ModelView key={found.id} model={found.model} humanUrl={humanUrlOf(found.id)} /> : <Broken key={found.id} {...found} />,
  );
}

function ShippedOutlines() {
  const { data, error, isPending, refetch } = useOutlineCards();
  const { data: others } = useCards();
  // The page grows above what is below: it is led to its place when all is drawn.
  useJump(data !== undefined && others !== undefined);
  if (isPending) return <Skeleton height={420} aria-label="Loading the models that outline" />;
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <p className={css.lead}>
        Only where one of these fits is an image examined; elsewhere Medley says so instead of guessing. Outlines are for research and data
        curation. They are not a diagnosis.
      </p>
      {data.map((found) =>
        found.model ? (
          <OutlineView key={found.id} model={found.model} humanUrl={humanUrlOf(found.id)} />
        ) : (
          <Broken key={found.id} {...found} />
        ),
      )}
      <ClassicalVessels />
    </>
  );
}

/** No network: there is no card to read. */
function ClassicalVessels() {
  return (
    <article className={css.model} id="model-vesselness" aria-labelledby="title-vesselness">
      <h3 id="title-vesselness">Vesselness filter</h3>
      <p className={css.small}>vesselness · outlines · a classical method, no weights</p>
      <p>
        Looks for bright tubes of many widths (multi-scale vesselness, Frangi 1998) in CT and MR angiography and in CT with contrast agent,
        inside the body. Where it runs is decided by the header and by how bright the vessels are.
      </p>
      <p className={css.notice}>Research use, not a diagnosis.</p>
    </article>
  );
}

function Problem({ error, onRetry }: { error: Error; onRetry(): void }) {
  return (
    <div className={css.problem} role="alert">
      <p>{sentenceOf(error)}</p>
      <Button size="compact-sm" variant="default" onClick={onRetry}>
        Try again
      </Button>
    </div>
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
