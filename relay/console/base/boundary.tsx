import { Component, type ComponentChildren, type VNode } from 'preact';
import { words } from '../locales/locale.ts';
import { Button } from './button.tsx';
import { State } from './state.tsx';

/** In the place of something that cannot be shown: what is written is kept on the device, so loading anew loses nothing. */
export function Broken(): VNode {
  const { shell } = words.value;
  return (
    <State icon="warning" title={shell.broken} hint={shell.brokenHint} alert>
      <Button kind="primary" icon="again" onClick={() => location.reload()}>
        {shell.reload}
      </Button>
    </State>
  );
}

/** Keeps what fails while it is drawn from taking the rest of the page away. Give it a key, and another one is whole again. */
export class Boundary extends Component<{ children?: ComponentChildren }, { broken: boolean }> {
  static override getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override state = { broken: false };

  override componentDidCatch(error: unknown): void {
    console.error(error);
  }

  override render(): ComponentChildren {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
