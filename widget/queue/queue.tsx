import type { RelayFrame } from '../../relay/protocol/index.ts';
import type { MakeBelow } from '../chat/around.tsx';
import css from './queue.css?inline';
import { QUEUE_WORDS } from './words.ts';

type Told = Extract<RelayFrame, { type: 'queue' }>;

/** How the queue stands for a chat that no operator has yet: asked once for each line, told whenever it moves. */
const queue: MakeBelow = (app, model) => {
  const { core } = app;
  const words = QUEUE_WORDS[core.session.site.locale];
  const told = new Map<string, Told>();
  let asked = '';
  core.host.sheet(css);
  const ask = () => {
    if (asked) app.live?.session.sign({ type: 'queue', conversation: asked });
  };
  app.live?.session.on('welcome', ask);
  app.live?.session.on('frame', (frame) => {
    if (frame.type !== 'queue') return;
    told.set(frame.conversation, frame);
    app.update();
  });

  return () => {
    const id = model.shown();
    const head = app.live?.session.conversations.get(id);
    // An e-mail waits in nobody's sight, and where nobody is nothing moves.
    if (head?.channel !== 'chat' || !core.availability.value.online) return;
    if (asked !== id) {
      asked = id;
      ask();
    }
    const { place, waitMinutes } = told.get(id) ?? {};
    return (
      <p class="fd-queue" role="status" key="queue">
        {place ? words.place(place) : waitMinutes ? words.wait(waitMinutes) : ''}
      </p>
    );
  };
};
export default queue;
