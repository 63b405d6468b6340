// A queue of one between a producer that pushes and a consumer that pulls. No buffering: the producer waits.

/** `put` answers false once the consumer has left. */
export function channel<T>() {
  let given: { value: T; taken: (more: boolean) => void } | undefined;
  let over: { error?: unknown } | undefined;
  let left = false;
  let wake = () => {};
  return {
    put(value: T): Promise<boolean> {
      if (left) return Promise.resolve(false);
      return new Promise((taken) => {
        given = { value, taken };
        wake();
      });
    },
    end(error?: unknown) {
      over = error === undefined ? {} : { error };
      wake();
    },
    leave() {
      left = true;
      given?.taken(false);
    },
    async *values(): AsyncGenerator<T> {
      for (;;) {
        while (!given && !over)
          await new Promise<void>((go) => {
            wake = go;
          });
        if (given) {
          const { value, taken } = given;
          given = undefined;
          let stays = false;
          try {
            yield value;
            stays = true;
          } finally {
            taken(stays && !left);
          }
        } else if (over) {
          if ('error' in over) throw over.error;
          return;
        }
      }
    },
  };
}
