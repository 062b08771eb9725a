import type { AppContext } from '../app.tsx';
import type { MakeBelow } from '../chat/around.tsx';
import { row } from '../form/form.tsx';
import { withAnswers } from './answers.ts';
import { createPreChat } from './model.ts';
import css from './pre-chat.css?inline';
import { PRE_CHAT_WORDS } from './words.ts';

/** What a site asks before a chat, in the place of the composer; null where there is nothing to ask (any more). */
const preChat: MakeBelow = (app, model) => {
  const { core } = app;
  const { session, host } = core;
  const { site } = session;
  const words = PRE_CHAT_WORDS[site.locale];
  const form = createPreChat(app, words.phone);
  // Fields are drawn as the e-mail form's are, of this form.
  const asking: AppContext = Object.create(app, { form: { value: form } });
  /** Conversations that were written to: what their heads say may still be on its way. */
  const written = new Set<string>();
  /** The closed chat that the visitor wants to write to again. */
  let wanted = '';
  let placed = '';
  host.sheet(css);
  if (app.live) app.live.send = withAnswers(core, app.live);
  app.live?.session.on('verdict', ({ command, verdict }) => {
    if (command.type === 'message:send' && verdict.type === 'ack') written.add(verdict.conversation);
  });

  /** Whether there is a chat already, or nobody may be kept from it. */
  const goesOn = (id: string) => {
    const head = app.live?.session.conversations.get(id);
    if (
      core.invitation.value ||
      app.live?.session.outbox.pending.some((one) => 'text' in one && one.conversation === id)
    )
      return true;
    if (head?.status === 'closed') return head.ended || head.channel !== 'chat';
    return !!head?.seq || written.has(id) || (session.conversation.exists && id === session.conversation.id);
  };
  /** Brings what is asked into sight, once for each. */
  const place = (what: string) => {
    if (placed === what) return;
    placed = what;
    app.settled(() => {
      const [body, box] = [app.box.querySelector('.fd-body'), app.box.querySelector('.fd-pre-chat')];
      if (body && box) body.scrollTop += box.getBoundingClientRect().top - body.getBoundingClientRect().top;
    });
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const bad = form.submit();
    app.afterwards(() => app.box.querySelector<HTMLElement>(bad ? `#fd-${bad}` : '.fd-composer [data-focus]')?.focus());
  };

  return () => {
    const id = model.shown();
    const head = app.live?.session.conversations.get(id);
    if (goesOn(id) || !form.asks(id)) return null;
    const end = head?.seq ? id + head.lastEventAt : '';
    if (end) place(end + wanted);
    if (end !== wanted && end)
      return (
        <div class="fd-pre-chat" key="pre-chat">
          <button
            type="button"
            class="fd-button"
            onClick={() => {
              wanted = end;
              app.afterwards(() =>
                app.box.querySelector<HTMLElement>('.fd-pre-chat :is(input, select, textarea)')?.focus(),
              );
            }}
          >
            {words.again}
          </button>
        </div>
      );
    return (
      <form class="fd-form fd-pre-chat" key="pre-chat" noValidate onSubmit={submit}>
        <p class="fd-intro">{site.preChat?.intro || words.intro}</p>
        {form.fields.map((field) => row(asking, field))}
        <p class="fd-error" role="alert">
          {form.trouble}
        </p>
        <button type="submit" class="fd-button fd-button-main">
          {words.start}
        </button>
      </form>
    );
  };
};
export default preChat;
