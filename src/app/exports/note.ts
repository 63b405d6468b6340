// The sentence that goes with every mask and measurement that leaves the page.
export const NOTE = 'Research use, not a diagnosis.';
