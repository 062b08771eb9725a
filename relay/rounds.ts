/** Something that a relay does by itself, again and again. */
export interface Round {
  everyMs: number;
  /** What it is called where it fails. */
  where: string;
  run(): unknown;
}

/** Starts rounds, and gives what ends them. None of them keeps the process alive; one that fails comes again. */
export function startRounds(rounds: readonly Round[], onError: (error: unknown, where: string) => void): () => void {
  const timers = rounds.map(({ everyMs, where, run }) =>
    setInterval(
      () =>
        void Promise.resolve()
          .then(run)
          .catch((error) => onError(error, where)),
      everyMs,
    ).unref(),
  );
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
