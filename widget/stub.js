/* Keeps the calls that a page makes before widget.js is there; docs/api.md tells how to use it. */
window.Frontdesk ??= Object.assign(
  (...call) => new Promise((done, failed) => window.Frontdesk.q.push([call, done, failed])),
  { q: [] },
);
