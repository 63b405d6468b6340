// Whether a model's weights lie in this browser already.
import { useQuery } from '@tanstack/react-query';
import type { OutlineModel, OwnModel } from '../../core/models-setting.ts';
import { bytes } from '../numbers.ts';
import { useServices } from '../services.tsx';

export const keptKey = ({ card }: OwnModel | OutlineModel) => ['models', 'kept', card.weights.sha256] as const;

export function WeightsState({ model }: { model: OwnModel | OutlineModel }) {
  const { models } = useServices();
  // null: a query's answer must not be undefined.
  const { data, isError } = useQuery({
    queryKey: keptKey(model),
    queryFn: async () => (await models.kept(model)) ?? null,
    refetchOnMount: 'always',
  });
  if (isError) return <span>whether it is kept here cannot be told</span>;
  if (data === undefined) return <span>looking …</span>;
  if (data === null) return <span>not loaded yet ({bytes(model.card.weights.bytes)})</span>;
  return <span>kept for offline use ({bytes(data)})</span>;
}
