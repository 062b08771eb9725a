/* Everything the page does with the widget. Each call gives back a promise; an unknown verb or a bad argument rejects. */
const byId = (id) => document.getElementById(id);

const tell = (line) => {
  byId('log').textContent += `${line}\n`;
};

for (const event of ['ready', 'open', 'close', 'message:sent', 'message:received', 'form:submitted', 'error'])
  Frontdesk('on', event, (data) => tell(data ? `${event} ${JSON.stringify(data)}` : event));
Frontdesk('on', 'unread', (count) => {
  byId('unread').textContent = count;
});
Frontdesk('on', 'availability', ({ online }) => {
  byId('online').textContent = online ? 'yes' : 'no';
});
Frontdesk('once', 'ready', async () => {
  const { online } = await Frontdesk('state');
  byId('online').textContent = online ? 'yes' : 'no';
});

byId('ask').addEventListener('submit', async (event) => {
  event.preventDefault();
  const { question } = event.target.elements;
  // Settles when the message is kept on the device; from there it goes out by itself.
  await Frontdesk('send', question.value);
  question.value = '';
  await Frontdesk('open', 'chat');
});

byId('draft').addEventListener('click', () => Frontdesk('open', 'chat', { draft: 'Do you have the second part of ' }));

byId('fill').addEventListener('click', async () => {
  await Frontdesk('prefill', {
    name: 'Ada Moor',
    email: { value: 'ada@example.com', readOnly: true },
    subject: 'Order 1204',
  });
  await Frontdesk('open', 'email');
});

let hidden = false;
byId('launcher').addEventListener('click', () => {
  hidden = !hidden;
  Frontdesk(hidden ? 'hide' : 'show');
});

byId('state').addEventListener('click', async () => tell(JSON.stringify(await Frontdesk('state'), null, 2)));
