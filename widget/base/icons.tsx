import type { VNode } from 'preact';

/** Icons of the window: each one path, after lucide's icons (ISC). */
export const PATHS = {
  back: 'm15 18-6-6 6-6',
  chat: 'M8 20a9 9 0 1 0-4-4l-1 5z',
  mail: 'M3 5h18v14H3zM3 7l9 6 9-6',
  next: 'm9 18 6-6-6-6',
  search: 'm21 21-4.34-4.34M11 3a8 8 0 1 0 0 16 8 8 0 0 0 0-16',
  text: 'M14 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8zM14 2v6h6M8 13h8M8 17h8',
  history: 'M3 3v5h5M3 8a9 9 0 1 1 0 8M12 7v5l4 2',
  check: 'M20 6 9 17l-5-5',
  clock: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M12 6v6l4 2',
  qr: 'M3 3h6v6H3zM15 3h6v6h-6zM3 15h6v6H3zM15 15v2h3M21 15v6h-6',
  send: 'M22 2 11 13M22 2l-7 20-4-9-9-4z',
  phone: 'M5 3h4l2 5-3 2a12 12 0 0 0 6 6l2-3 5 2v4a2 2 0 0 1-2 2A17 17 0 0 1 3 5a2 2 0 0 1 2-2',
  bubble: 'M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H7l-5 4V5a2 2 0 0 1 2-2',
  link: 'M7 17 17 7M8 7h9v9',
  photo:
    'M6 3h12a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M17 7v.01',
  play: 'm7 4 13 8-13 8z',
};

/** One of them as a picture without a name: what it stands in has the name. */
export const Icon = ({ d }: { d: string }): VNode => (
  <svg class="fd-icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={d} />
  </svg>
);
