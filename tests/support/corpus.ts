// Where the real corpus is, for tests that hold our readers against what reference tools found in it. It is not part of this repository:
// MEDLEY_CORPUS names its unpacked files (one folder a suite); else ../corpus/files beside the repository. Tests are skipped without it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const given = process.env.MEDLEY_CORPUS ?? join(ROOT, '../corpus/files');

/** Folder of the unpacked files; undefined where they are not here. */
export const corpusFiles = [join(given, 'files'), given].find(existsSync);

/** The table of what reference tools read in them; undefined where it is not here. */
export const corpusTruth = corpusFiles && [join(corpusFiles, '../truth.csv'), join(ROOT, '../shared/corpus/truth.csv')].find(existsSync);

/** Title of a suite over the corpus: says how to have it run. */
export const CORPUS = 'the corpus (not here: set MEDLEY_CORPUS to its unpacked files)'.replace(corpusFiles ? / \(.*/ : /$^/, '');
