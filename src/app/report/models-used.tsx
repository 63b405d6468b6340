// The models that looked at pictures in a run: which, where they ran, and the hash of their weights.
import { Link } from '@tanstack/react-router';
import type { Run } from '../../core/run.ts';
import own from './models-used.module.css';
import css from './report.module.css';

const PROVIDERS: Readonly<Record<Run['models'][number]['provider'], string>> = {
  webgpu: 'WebGPU (graphics card)',
  wasm: 'WASM (processor)',
};

export function ModelsUsed({ models }: { models: Run['models'] }) {
  return (
    <section className={css.section}>
      <h3 id="report-models">Models</h3>
      {models.length ? (
        <table className={own.table} aria-labelledby="report-models">
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col">Ran on</th>
              <th scope="col">SHA-256 of the weights</th>
            </tr>
          </thead>
          <tbody>
            {models.map(({ id, provider, sha256 }) => (
              <tr key={`${id}${sha256}${provider}`}>
                <th scope="row">
                  <Link to="/models" hash={`model-${id}`}>
                    {id}
                  </Link>
                </th>
                <td>{PROVIDERS[provider]}</td>
                <td className={own.hash}>{sha256}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p>No model looked at the pictures of this run: its labels come from headers, names, geometry and voxel values.</p>
      )}
    </section>
  );
}
