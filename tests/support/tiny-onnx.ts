// Hand-made ONNX files of a few hundred bytes (onnx.proto3): the mean of each channel, times weights, plus a bias. No reader, no checker.

type Bytes = readonly number[];

const varint = (value: number): Bytes => (value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]);
const int = (field: number, value: number): Bytes => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, value: Bytes): Bytes => [...varint(field * 8 + 2), ...varint(value.length), ...value];
const text = (field: number, value: string): Bytes => bytes(field, [...new TextEncoder().encode(value)]);

const node = (op: string, inputs: readonly string[], output: string): Bytes =>
  bytes(1, [...inputs.flatMap((name) => text(1, name)), ...text(2, output), ...text(4, op)]);

const floats = (name: string, dims: readonly number[], values: readonly number[]): Bytes =>
  bytes(5, [
    ...dims.flatMap((dim) => int(1, dim)),
    ...int(2, 1),
    ...text(8, name),
    ...bytes(9, [...new Uint8Array(new Float32Array(values).buffer)]),
  ]);

function tensor(field: number, name: string, dims: readonly (number | string)[]): Bytes {
  const shape = dims.flatMap((dim) => bytes(1, typeof dim === 'number' ? int(1, dim) : text(2, dim)));
  return bytes(field, [...text(1, name), ...bytes(2, bytes(1, [...int(1, 1), ...bytes(2, shape)]))]);
}

export interface TinyNetwork {
  /** One row of three weights a class. */
  readonly weights: readonly (readonly [number, number, number])[];
  readonly bias: readonly number[];
  readonly side: number;
  /** A number: takes exactly so many pictures. */
  readonly batch?: number | string;
  readonly input?: string;
  readonly output?: string;
}

/** The file of a network: `input` [batch, 3, side, side] → `output` [batch, classes]. */
export function tinyOnnx({ weights, bias, side, batch = 'n', input = 'image', output = 'modality' }: TinyNetwork): Uint8Array<ArrayBuffer> {
  const classes = weights.length;
  const graph = [
    ...node('GlobalAveragePool', [input], 'means'),
    ...node('Conv', ['means', 'w', 'b'], 'scores'),
    ...node('Flatten', ['scores'], output),
    ...text(2, 'tiny'),
    ...floats('w', [classes, 3, 1, 1], weights.flat()),
    ...floats('b', [classes], bias),
    ...tensor(11, input, [batch, 3, side, side]),
    ...tensor(12, output, [batch, classes]),
  ];
  return new Uint8Array([...int(1, 8), ...bytes(7, graph), ...bytes(8, [...text(1, ''), ...int(2, 13)])]);
}

export interface TinyOutline {
  /** One row of three weights a task: the mask logit of a pixel is that of its colour. */
  readonly weights: readonly (readonly [number, number, number])[];
  readonly bias: readonly number[];
  readonly side: number;
}

/** A network that outlines: `image` [n, 3, side, side] → `masks` [n, tasks, side, side], and the largest of each as `presence` [n, tasks]. */
export function tinyOutlineOnnx({ weights, bias, side }: TinyOutline): Uint8Array<ArrayBuffer> {
  const tasks = weights.length;
  const graph = [
    ...node('Conv', ['image', 'w', 'b'], 'masks'),
    ...node('GlobalMaxPool', ['masks'], 'largest'),
    ...node('Flatten', ['largest'], 'presence'),
    ...text(2, 'tiny'),
    ...floats('w', [tasks, 3, 1, 1], weights.flat()),
    ...floats('b', [tasks], bias),
    ...tensor(11, 'image', ['n', 3, side, side]),
    ...tensor(12, 'masks', ['n', tasks, side, side]),
    ...tensor(12, 'presence', ['n', tasks]),
  ];
  return new Uint8Array([...int(1, 8), ...bytes(7, graph), ...bytes(8, [...text(1, ''), ...int(2, 13)])]);
}
