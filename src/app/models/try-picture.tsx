// One picture of this computer shown to one model, to see what it says. The picture stays here.
import { Button, FileButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Picture } from '../../core/display.ts';
import type { Answer } from '../../core/model.ts';
import type { OwnModel } from '../../core/models-setting.ts';
import { percent, QUESTION_NAMES, shortValue } from '../details/words.ts';
import { useServices } from '../services.tsx';
import { useProvider } from './choices.ts';
import css from './models.module.css';
import { sentenceOf } from './provider-line.tsx';

/** Larger pictures are drawn smaller first; a model sees less anyway. */
const LARGEST = 1024;
const SHOWN = 3;

export function TryPicture({ model }: { model: OwnModel }) {
  const { models } = useServices();
  const [wish] = useProvider();
  const { mutate, data, error, isPending, variables } = useMutation({
    mutationFn: async (file: File) => models.look(model, { picture: await pictureOf(file), wish }),
  });
  return (
    <div className={css.speed}>
      <FileButton accept="image/png,image/jpeg,image/webp,image/bmp,image/gif" onChange={(file) => file && mutate(file)}>
        {(props) => (
          <Button {...props} size="compact-sm" variant="default" loading={isPending} aria-label={`Try on a picture: ${model.card.title}`}>
            Try on a picture
          </Button>
        )}
      </FileButton>
      <div role="status">
        {!data && !error && !isPending && <p className={css.small}>PNG, JPEG, WebP, BMP or GIF; DICOM and volumes by an analysis.</p>}
        {data && (
          <>
            <p className={css.small}>What it says of {variables?.name}:</p>
            {data.map((answer) => (
              <AnswerLine key={answer.question} answer={answer} />
            ))}
          </>
        )}
      </div>
      {error && (
        <p role="alert" className={css.problem}>
          {sentenceOf(error)}
        </p>
      )}
    </div>
  );
}

function AnswerLine({ answer }: { answer: Answer }) {
  const best = answer.classes
    .map(({ label, value }, at) => ({ label, value, probability: answer.probabilities[at] ?? 0 }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, SHOWN);
  const [first] = best;
  const silent = !first || first.probability < answer.answerFrom || first.value === null;
  return (
    <p>
      {QUESTION_NAMES[answer.question]}:{' '}
      {best.map(({ label, value, probability }, at) => (
        <span key={label} className={at ? css.small : undefined}>
          {at > 0 && ', '}
          {value === null ? label : shortValue(answer.question, value)} {percent(probability)}
        </span>
      ))}
      {silent && <span className={css.small}> – too unsure to answer</span>}
    </p>
  );
}

/** The picture as a browser draws it. Throws a sentence where it cannot. */
async function pictureOf(file: File): Promise<Picture> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error('The browser cannot open this picture.');
  });
  const shrink = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * shrink))) as [number, number];
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('The browser cannot open this picture.');
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return { columns: width, rows: height, rgba: context.getImageData(0, 0, width, height).data };
}
