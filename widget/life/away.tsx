import type { MakeBelow } from '../chat/around.tsx';
import { formScreen } from '../form/form.tsx';
import css from './away.css?inline';

/** Nobody can answer now: says when somebody is back, and gives the form with what was written already. */
const away: MakeBelow = (app, model) => {
  const { core, form } = app;
  const { site } = core.session;
  core.host.sheet(css);

  const message = () => form.fields.find(({ key }) => key === 'message');
  const carry = () => {
    const field = message();
    if (field && !form.value(field) && model.draft) form.set(field, model.draft);
  };
  // Who was writing when somebody came back goes on in the chat.
  core.availability.on(({ online }) => {
    const field = message();
    const written = field && `${form.value(field)}`;
    if (!online || !field || !written || model.draft) return;
    model.draft = written;
    form.set(field, '');
  });

  let placed = '';
  /** Brings the note to the top once, below whatever was said before. */
  const place = (id: string) => {
    if (placed === id) return;
    placed = id;
    app.settled(() => {
      const [body, note] = [app.box.querySelector('.fd-body'), app.box.querySelector('.fd-away')];
      if (body && note) body.scrollTop += note.getBoundingClientRect().top - body.getBoundingClientRect().top;
    });
  };

  return () => {
    const head = app.live?.session.conversations.get(model.shown());
    const goesOn = !!head?.seq && head.status === 'open';
    const mail = site.channels.includes('email');
    const sent = form.sent();
    if (goesOn) placed = '';
    else place(model.shown());
    if (!goesOn && mail)
      if (!sent) carry();
      else if (model.draft) model.draft = '';
    return (
      <div class="fd-away" key="away">
        <div class="fd-away-note" role="status">
          <p>{app.offline}</p>
          {goesOn && <p>{app.more?.keeps}</p>}
          {goesOn && mail && (
            <button
              type="button"
              class="fd-button"
              onClick={() => {
                carry();
                app.go('email');
              }}
            >
              {app.more?.writeMail}
            </button>
          )}
        </div>
        {!goesOn && mail && formScreen(app)}
      </div>
    );
  };
};
export default away;
