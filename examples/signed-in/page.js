const { member } = document.body.dataset;
const post = (path) => fetch(path, { method: 'POST' });

document.querySelector('#who').textContent = member ? `Signed in as ${member}` : 'Nobody is signed in';

if (member)
  window.Frontdesk('identify', null, { getToken: () => fetch('/support-token').then((answer) => answer.text()) });

for (const button of document.querySelectorAll('[data-sign-in]'))
  button.onclick = async () => {
    await post(`/sign-in/${button.dataset.signIn}`);
    location.reload();
  };

document.querySelector('#sign-out').onclick = async () => {
  // First the widget, then the site: nothing of this person stays on the device.
  await window.Frontdesk('logout');
  await post('/sign-out');
  location.reload();
};
