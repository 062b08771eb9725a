import type { ClientFrame, RelayFrame } from '../protocol/frames.ts';
import type { Session } from './session.ts';
import type { OpenWire, WireEvents } from './wire.ts';

/** What tabs tell each other: what the leading one was sent, what the others have to say, and how one ended it for all. */
interface Told {
  frame?: RelayFrame;
  sign?: ClientFrame;
  left?: string;
}

/** What a tab says when it comes, and what those answer that are there. */
const COME = 0;
const HERE = 1;

/** What a tab has of its own, to be shared or done without. */
interface OwnLine {
  /** Between the tabs; its name is that of the lock too. */
  channel: BroadcastChannel;
  session: Pick<Session<never>, 'state' | 'on' | 'sign' | 'connect' | 'disconnect'>;
  /** Ways to the relay, best first; from now on those that share stand in their places. */
  wires: OpenWire[];
  /** Another tab ended what the device has with the relay. */
  left(how: string): void;
  over: AbortSignal;
}

/**
 * One line for all tabs of a visitor [TB1]: the leading tab has it, tells the others every frame and passes on what they say.
 * A tab that gets no welcome this way goes on to its next wire, which is its own. Fetched by a tab that is not the only one.
 */
export function shareLine({ channel, session, wires, left, over }: OwnLine): void {
  let leading = false;
  let giveUp: (() => void) | undefined;
  let queued = new AbortController();
  let heard: WireEvents['frame'] | undefined;

  /** Whether the line is, or is to be, a socket of this tab's own. */
  let own = true;
  /** When the line is not on its way any more; an attempt has its end. */
  const arrived = () =>
    new Promise<void>((resolve) => {
      const off = session.on('state', ({ state }) => {
        if (state === 'connecting') return;
        off();
        resolve();
      });
    });

  const become = async (now: boolean) => {
    leading = now;
    // A socket that is closed before it is open is complained of in the page's console.
    if (own && session.state === 'connecting') await arrived();
    if (leading !== now || over.aborted || /idle|refused/.test(session.state)) return;
    session.disconnect();
    session.connect();
  };
  /** A visible tab takes the lead from whoever has it, a hidden one waits until it is free [TB3]. */
  const ask = (steal: boolean) => {
    queued.abort();
    queued = new AbortController();
    const { signal } = queued;
    let granted = false;
    navigator.locks
      .request(channel.name, steal ? { steal } : { signal }, () => {
        granted = true;
        if (signal.aborted || over.aborted) return;
        become(true);
        return new Promise<void>((resolve) => {
          giveUp = resolve;
        });
      })
      .catch(() => {
        if (signal.aborted || over.aborted) return;
        giveUp = undefined;
        // Taken by another tab, or forbidden, as in a frame without an origin of its own: nobody else can lead there either.
        become(!granted);
        if (granted) ask(false);
      });
  };
  const stop = () => {
    queued.abort();
    giveUp?.();
    giveUp = undefined;
    leading = false;
  };

  const [first, ...others] = wires;
  const led =
    (wire: OpenWire, otherwise: OpenWire): OpenWire =>
    (hello, events) => {
      own = leading || otherwise === wire;
      if (!leading) return otherwise(hello, events);
      const hear = events.frame;
      return wire(hello, {
        ...events,
        frame(frame) {
          channel.postMessage({ frame } satisfies Told);
          hear(frame);
        },
      });
    };
  const throughTabs: OpenWire = (hello, { frame }) => {
    heard = frame;
    const send = (sign: ClientFrame) => channel.postMessage({ sign } satisfies Told);
    if (hello.role === 'visitor') send({ type: 'tab', page: hello.page, resume: hello.resume });
    return {
      // The leading tab answers the heartbeat for all.
      send: (sign) => sign.type === 'pong' || send(sign),
      // What is heard after this is of an attempt that the line has given up.
      close() {},
    };
  };
  if (first) wires.splice(0, wires.length, led(first, throughTabs), ...others.map((wire) => led(wire, wire)));

  channel.onmessage = ({ data }: MessageEvent<Told | number>) => {
    if (data === COME) channel.postMessage(HERE);
    if (typeof data !== 'object') return;
    if (data.left) left(data.left);
    if (leading) {
      if (data.sign) session.sign(data.sign);
    } else if (data.frame) heard?.(data.frame);
  };
  channel.postMessage(HERE);
  const listen = (target: EventTarget, type: string, fn: () => void) =>
    target.addEventListener(type, fn, { signal: over });
  listen(document, 'visibilitychange', () => document.hidden || giveUp || ask(true));
  // Back from either, the page becomes visible, and asks again above.
  listen(document, 'freeze', stop);
  listen(globalThis, 'pagehide', stop);
  over.addEventListener('abort', stop);
  ask(!document.hidden);
}
