// The one writer of masks of this page. Its worker starts with the first wish and rests when there are none.
import { createExportDesk } from '../../jobs/export-desk.ts';

export const exportDesk = createExportDesk();
