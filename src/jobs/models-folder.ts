// Where the models that come with the page lie.

/** Absolute, with a slash at its end. */
export const modelsFolder = (): string => new URL(`${import.meta.env.BASE_URL}models/`, location.href).href;
