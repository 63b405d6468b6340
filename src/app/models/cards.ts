// The models that come with the page, as the desk knows them.
import { useQuery } from '@tanstack/react-query';
import { modelsFolder } from '../../jobs/models-folder.ts';
import { useServices } from '../services.tsx';

/** Every model that comes with the page; one whose card cannot be had says why instead. */
export function useCards() {
  const { models } = useServices();
  return useQuery({ queryKey: ['models', 'cards'], queryFn: () => models.cards(), refetchOnMount: 'always' });
}

/** The networks that outline and come with the page, likewise. */
export function useOutlineCards() {
  const { models } = useServices();
  return useQuery({ queryKey: ['models', 'outlines'], queryFn: () => models.outlines() });
}

/** The page about a model for people. */
export const humanUrlOf = (id: string): string => `${modelsFolder()}${id}.md`;
