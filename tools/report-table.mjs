// @ts-check
// A report as a short table for a terminal. Pure.

/** @param {any} report of docs/report.schema.json @returns {string} */
export function reportTable(report) {
  const { items, files } = report;
  const status = tally(files, (file) => file.status);
  const lines = [
    `${items.length} item${items.length === 1 ? '' : 's'} in ${files.length} file${files.length === 1 ? '' : 's'}`,
    `files: ${status.map(([name, count]) => `${count} ${name}`).join(', ') || 'none'}`,
    `bytes fetched: ${report.bytes.fetched}${report.bytes.total ? ` of ${report.bytes.total}` : ''}`,
  ];
  for (const question of ['modality', 'anatomy', 'dimension']) {
    const counts = tally(items, (item) => item[question]?.value ?? item.labels?.[question]?.value ?? 'UNKNOWN');
    lines.push(
      '',
      question[0]?.toUpperCase() + question.slice(1),
      ...counts.map(([value, count]) => `  ${value.padEnd(16)} ${String(count).padStart(8)}`),
    );
  }
  return lines.join('\n');
}

/** @template T @param {readonly T[]} all @param {(one: T) => string} of @returns {[string, number][]} most first */
function tally(all, of) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const one of all) counts.set(of(one), (counts.get(of(one)) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}
