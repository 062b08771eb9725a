/** Between npm and what it runs stands a shell, which on Debian ends at a signal without passing it on. */
const LOOK_EVERY_MS = 250;

/** Ends this process as SIGTERM would when the `npm start` or `npx` that it belongs to is gone. */
export function endWithNpm() {
  if (!['start', 'npx'].includes(process.env.npm_lifecycle_event ?? '')) return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS);
  timer.unref();
}
