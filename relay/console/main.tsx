import { render } from 'preact';
import { createApp } from './app/app-model.ts';
import { ConsoleApp } from './app/console-app.tsx';
import { startLanguage } from './locales/locale.ts';
import { createRouter } from './router.ts';
import { deviceStorage } from './storage.ts';
import './base/tokens.css';
import './base/base.css';
import './base/states.css';
import './base/controls.css';
import './base/layers.css';
import './sign-in/sign-in.css';
import './shell/views.css';
import './shell/shell.css';
import './inbox/inbox.css';
import './conversation/conversation.css';
import './conversation/form-card.css';
import './conversation/composer.css';
import './conversation/message.css';
import './person/person.css';
import './shell/phone.css';

const storage = deviceStorage('frontdesk:console:');
startLanguage(storage, navigator.languages);
const app = createApp({ relay: location.origin, router: createRouter(), storage });
app.start();

const root = document.getElementById('app');
if (root) render(<ConsoleApp app={app} />, root);
