// What crosses the worker doors: types only, plain data and callbacks.

import type { Picture } from '../core/display.ts';
import type { Entry } from '../core/entry.ts';
import type { Exported, ExportTask } from '../core/export-task.ts';
import type { TagNode } from '../core/format.ts';
import type { FileRecord, Item } from '../core/item.ts';
import type { Answer, ProviderWish } from '../core/model.ts';
import type {
  ModelsSetting,
  OutlineModel,
  OwnModel,
  ProviderFound,
  ShippedModel,
  ShippedOutline,
  Speed,
  Weighed,
} from '../core/models-setting.ts';
import type { OutlinedItem, SliceSource } from '../core/outline-job.ts';
import type { Pixels } from '../core/pixels.ts';
import type { DrawnFile, DrawnTask, PixelTask, ReaderJob, ReaderResult, Traffic } from '../core/reading.ts';
import type { JobEvent } from '../core/run.ts';

export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

/** workers/reader.worker.ts */
export interface ReaderDoor {
  configure(options: { proxy?: string; models?: ModelsSetting }): void;
  /** Serves the analysis on a port of its own. */
  attach(port: unknown): void;
  listen(on: (results: readonly ReaderResult[], traffic: Traffic) => void): void;
  work(jobs: readonly ReaderJob[]): void;
  ping(): boolean;
  pixels(task: PixelTask): Promise<Pixels>;
  tags(task: { entry: Entry; beside: readonly Entry[]; format: string }): Promise<readonly TagNode[]>;
  drawn(task: DrawnTask): Promise<readonly DrawnFile[]>;
  /** Outlines a whole item, telling how far it is; it is ended with its worker. */
  outline(task: { item: Item; source: SliceSource }, on: (done: number, of: number) => void): Promise<OutlinedItem>;
  thumbnail(task: PixelTask, max: number): Promise<Thumbnail>;
}

/** What the analysis asks of the page. */
export interface AnalysisHost {
  /** Settles when the events are stored: the analysis waits for it. */
  emit(events: readonly JobEvent[]): Promise<void>;
  /** A port to a fresh reader in this slot. */
  reader(slot: number): Promise<unknown>;
  /** The next records of an interrupted run; undefined after the last. */
  known(): Promise<readonly FileRecord[] | undefined>;
  /** The next items of an interrupted run; undefined after the last. */
  found(): Promise<readonly Item[] | undefined>;
}

export interface AnalysisStart {
  /** Links, files or a folder handle (structured-cloneable). */
  readonly roots: readonly unknown[];
  readonly proxy?: string;
  readonly readers: number;
  readonly hashPixels: boolean;
  /** Whether its readers have models. */
  readonly models: boolean;
  /** Folder of those that outline, absolute, with a slash at its end; absent: nothing is outlined. */
  readonly modelsAt?: string;
  /** Whether a person brought some of them. */
  readonly ownModels: boolean;
}

/** workers/analysis.worker.ts */
export interface AnalysisDoor {
  /** Settles when the run has ended. */
  run(start: AnalysisStart, host: AnalysisHost): Promise<void>;
  pause(): void;
  resume(): void;
  stop(): void;
}

/** workers/models.worker.ts: models outside of an analysis. Every call rejects with one plain sentence. */
export interface ModelDoor {
  configure(options: { proxy?: string }): void;
  /** The models that come with the page. `base`: the folder of their cards, absolute, with a slash at its end. */
  cards(base: string): Promise<readonly ShippedModel[]>;
  /** Those among them that outline. */
  outlines(base: string): Promise<readonly ShippedOutline[]>;
  provider(wish: ProviderWish): Promise<ProviderFound>;
  /** Bytes of weights that are kept in this browser; undefined where they are not. */
  kept(model: OwnModel | OutlineModel): Promise<number | undefined>;
  measure(model: OwnModel | OutlineModel, wish: ProviderWish): Promise<Speed>;
  look(model: OwnModel, options: { picture: Picture; wish: ProviderWish }): Promise<readonly Answer[]>;
  weigh(url: string): Promise<Weighed>;
  forget(): Promise<void>;
  /** A sign of life. */
  ping(): boolean;
}

/** workers/exports.worker.ts: masks as files. Every call rejects with one plain sentence. */
export interface ExportDoor {
  write(task: ExportTask): Promise<Exported>;
  /** A new zip under this number; files are added one by one, and the bytes of the zip come as they are made. */
  begin(zip: number): Promise<void>;
  add(zip: number, name: string, task: ExportTask): Promise<Exported>;
  end(zip: number): Uint8Array;
  /** A sign of life. */
  ping(): boolean;
}
