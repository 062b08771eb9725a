import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useFrontdesk } from './use-frontdesk.js';

const relay = import.meta.env.VITE_RELAY ?? 'http://localhost:8787';
const BICYCLES = ['Town bicycle', 'Cargo bicycle', 'Folding bicycle'];

function Shop() {
  const { widget, unread } = useFrontdesk(relay, 'demo');
  const [chosen, setChosen] = useState(BICYCLES[0]);

  return (
    <main>
      <h1>Bicycles</h1>
      <p>
        <button type="button" onClick={() => widget?.open('chat')}>
          Messages ({unread})
        </button>
      </p>
      <ul>
        {BICYCLES.map((name) => (
          <li key={name}>
            <button type="button" aria-pressed={name === chosen} onClick={() => setChosen(name)}>
              {name}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => widget?.open('chat', { draft: `I have a question about the ${chosen}: ` })}>
        Ask about the {chosen}
      </button>{' '}
      <button
        type="button"
        onClick={async () => {
          await widget?.prefill({ name: 'Ada', email: 'ada@example.com', subject: chosen });
          await widget?.open('email');
        }}
      >
        Write to us
      </button>
    </main>
  );
}

createRoot(document.querySelector('#root')).render(
  <StrictMode>
    <Shop />
  </StrictMode>,
);
