import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const SENTENCE =
  'The browser tests need Chromium and found none: install it (Debian: apt-get install chromium), or set CHROMIUM_PATH, or run «npx playwright install chromium».';

/** A Chromium to test with: the system's, else Playwright's own, else one that is fetched. Throws one sentence. */
export function findChromium(): string {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`CHROMIUM_PATH (${given}) is not there.`);
  }
  const found = () => [...SYSTEM, chromium.executablePath()].find((path) => existsSync(path));
  const there = found();
  if (there) return there;
  fetchChromium();
  const fetched = found();
  if (fetched) return fetched;
  throw new Error(SENTENCE);
}

function fetchChromium(): void {
  const run = (command: string, ...args: string[]) => {
    try {
      execFileSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
      return true;
    } catch {
      return false;
    }
  };
  const onDebian = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (
    onDebian &&
    run('apt-get', 'update', '-qq') &&
    run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation')
  )
    return;
  run('npx', 'playwright', 'install', 'chromium');
}

/** Arguments that keep Chromium quiet and off the network. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
