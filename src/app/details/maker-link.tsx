// Who drew an outline or saw a feature: a model by its title with a link to its card; what is no model of ours is named as it is.
import { Link } from '@tanstack/react-router';
import { useOutlineCards } from '../models/cards.ts';
import css from './found.module.css';

export function MakerLink({ by }: { by: string }) {
  const { data = [] } = useOutlineCards();
  const title = data.find(({ id }) => id === by)?.model?.card.title ?? CLASSICAL[by];
  if (!title) return /^[a-z0-9-]+$/.test(by) ? <ById id={by} /> : <span className={css.maker}>({by})</span>;
  return (
    <Link to="/models" hash={`model-${by}`} className={css.maker}>
      {title}
    </Link>
  );
}

function ById({ id }: { id: string }) {
  return (
    <Link to="/models" hash={`model-${id}`} className={css.maker}>
      About this model
    </Link>
  );
}

/** Methods without weights. */
const CLASSICAL: Readonly<Record<string, string>> = { vesselness: 'Vesselness filter' };
