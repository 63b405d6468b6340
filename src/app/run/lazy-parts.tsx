// The heavier screens of a run, loaded when they are first opened.
import { type ComponentType, lazy } from 'react';

const modules = import.meta.glob<Record<string, ComponentType<never>>>([
  '../details/item-details.tsx',
  '../report/report-page.tsx',
  '../report/export-menu.tsx',
]);

function part<P>(path: string, name: string) {
  return lazy(async () => ({ default: ((await modules[path]?.())?.[name] ?? (() => null)) as ComponentType<P> }));
}

export const ItemDetails = part<{ runId: string; itemId: string; onClose(): void }>('../details/item-details.tsx', 'ItemDetails');
export const ReportPage = part<{ runId: string }>('../report/report-page.tsx', 'ReportPage');
export const ExportMenu = part<{ runId: string }>('../report/export-menu.tsx', 'ExportMenu');
