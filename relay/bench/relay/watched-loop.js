// Preloaded into a relay under measurement: says at SIGUSR2 how long its event loop stood still since the last time.
// Plain JavaScript, since what reads TypeScript would be part of the memory that is measured.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('SIGUSR2', () => {
  console.log(JSON.stringify({ loopMaxMs: delay.max / 1e6, loopP99Ms: delay.percentile(99) / 1e6 }));
  delay.reset();
});
