// Cache Storage as far as src/onnx uses it, in memory.

/** A stand-in for `caches`. */
export function keptCaches(): Pick<CacheStorage, 'open' | 'delete'> {
  const stores = new Map<string, Map<string, Response>>();
  return {
    async open(name) {
      const store = stores.get(name) ?? new Map<string, Response>();
      stores.set(name, store);
      const cache = {
        match: async (key: string) => store.get(key)?.clone(),
        put: async (key: string, reply: Response) => void store.set(key, reply),
        delete: async (key: string) => store.delete(key),
        keys: async () => [...store.keys()].map((url) => ({ url })),
      };
      return cache as unknown as Cache;
    },
    delete: async (name) => stores.delete(name),
  };
}
