// The heavier screens of a run, loaded when they are first opened.
import { lazy } from 'react';

export const ItemDetails = lazy(async () => ({ default: (await import('../details/item-details.tsx')).ItemDetails }));
export const ReportPage = lazy(async () => ({ default: (await import('../report/report-page.tsx')).ReportPage }));
export const ExportMenu = lazy(async () => ({ default: (await import('../report/export-menu.tsx')).ExportMenu }));
