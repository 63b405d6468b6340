// The fields of the form for a model of one's own; each says what is wrong with it. Holds no state.
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { choicesFor, QUESTION_NAMES } from '../details/words.ts';
import { classesOf, type Fields, guessed, OWN_QUESTIONS, type OwnQuestion, type Problems } from './manifest.ts';
import css from './models.module.css';

interface OwnModelFieldsProps {
  readonly fields: Fields;
  readonly problems: Problems;
  onChange(part: Partial<Fields>): void;
}

export function OwnModelFields(props: OwnModelFieldsProps) {
  return (
    <>
      <fieldset className={css.fieldset}>
        <legend>The model</legend>
        <Words {...props} name="title" label="Name" placeholder="My chest classifier" />
        <Words {...props} name="url" label="Address of the ONNX file" placeholder="https://…/model.onnx" wide />
        <Choice
          {...props}
          name="question"
          label="Question it answers"
          data={OWN_QUESTIONS.map((value) => ({ value, label: QUESTION_NAMES[value] }))}
          onChange={(part) => props.onChange({ ...part, classes: meantFor(part.question, props.fields.classes) })}
        />
      </fieldset>
      <Classes {...props} />
      <fieldset className={css.fieldset}>
        <legend>What it is shown</legend>
        <Words {...props} name="columns" label="Width" description="Pixels" />
        <Words {...props} name="rows" label="Height" description="Pixels" />
        <Choice
          {...props}
          name="channels"
          label="Channels"
          description="Of a pixel"
          data={[
            { value: '3', label: '3 (RGB)' },
            { value: '1', label: '1 (grey)' },
          ]}
          onChange={(part) => props.onChange({ ...part, ...usualFor(part.channels) })}
        />
        <Choice {...props} name="layout" label="Layout" description="Order of the numbers" data={['NCHW', 'NHWC']} />
        <Words {...props} name="scale" label="Divide by" description="255: values from 0 to 1" />
        <Words {...props} name="mean" label="Mean" description="One a channel, taken away" />
        <Words {...props} name="std" label="Standard deviation" description="One a channel, divided by" />
      </fieldset>
      <fieldset className={css.fieldset}>
        <legend>What it gives back</legend>
        <Words {...props} name="input" label="Name of the input" description="As in the ONNX file" />
        <Words {...props} name="output" label="Name of the output" description="As in the ONNX file" />
        <Choice
          {...props}
          name="activation"
          label="Its numbers are"
          description="How they become chances"
          data={[
            { value: 'softmax', label: 'scores, one class (softmax)' },
            { value: 'sigmoid', label: 'scores, each yes or no (sigmoid)' },
            { value: 'none', label: 'probabilities already' },
          ]}
        />
        <Words {...props} name="answerFrom" label="Answer from" description="Per cent; below, it is silent" />
      </fieldset>
    </>
  );
}

const usualFor = (channels: Fields['channels'] | undefined): Partial<Fields> =>
  channels === '1' ? { mean: '0.5', std: '0.5' } : { mean: '0.485, 0.456, 0.406', std: '0.229, 0.224, 0.225' };

/** Labels stay; what they stand for is guessed anew for another question. */
const meantFor = (question: OwnQuestion | undefined, classes: Fields['classes']): Fields['classes'] =>
  question ? classes.map(({ label }) => ({ label, value: guessed(question, label) })) : classes;

type TextName = { [Name in keyof Fields]: string extends Fields[Name] ? Name : never }[keyof Fields];
type ChoiceName = 'question' | 'channels' | 'layout' | 'activation';

interface FieldProps extends OwnModelFieldsProps {
  readonly label: string;
  readonly description?: string;
}

function Words({ fields, problems, onChange, name, wide, ...rest }: FieldProps & { name: TextName; placeholder?: string; wide?: boolean }) {
  return (
    <TextInput
      {...rest}
      className={wide ? css.wide : undefined}
      value={fields[name]}
      error={problems[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

interface ChoiceProps extends FieldProps {
  readonly name: ChoiceName;
  readonly data: readonly (string | { value: string; label: string })[];
}

function Choice({ fields, problems, onChange, name, data, ...rest }: ChoiceProps) {
  return (
    <NativeSelect
      {...rest}
      value={fields[name]}
      error={problems[name]}
      data={[...data]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value } as Partial<Fields>)}
    />
  );
}

function Classes({ fields, problems, onChange }: OwnModelFieldsProps) {
  // Kept as typed: an empty line at the end is a line that somebody is about to fill.
  const [text, setText] = useState(() => fields.classes.map(({ label }) => label).join('\n'));
  const { question, classes } = fields;
  const typed = (next: string) => {
    setText(next);
    onChange({ classes: classesOf(next, { question, before: classes }) });
  };
  const choices = choicesFor(question, undefined).filter(({ value }) => value !== 'UNKNOWN');
  return (
    <fieldset className={css.fieldset}>
      <legend>Its classes</legend>
      <Textarea
        className={css.labels}
        label="Labels"
        description="One a line, in the order of the output"
        value={text}
        error={problems.classes}
        onChange={(event) => typed(event.currentTarget.value)}
        autosize
        minRows={4}
        maxRows={14}
        spellCheck={false}
      />
      {classes.length > 0 && (
        <div className={css.meanings}>
          <p className={css.small}>What each stands for; what stands for nothing is never answered.</p>
          {classes.map(({ label, value }, at) => (
            <NativeSelect
              key={`${at}${label}`}
              size="xs"
              label={label}
              value={value}
              data={[{ value: '', label: 'No answer' }, ...choices]}
              onChange={(event) => onChange({ classes: classes.with(at, { label, value: event.currentTarget.value }) })}
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}
