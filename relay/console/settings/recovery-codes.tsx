import type { VNode } from 'preact';
import { useApp } from '../app/context.ts';
import { Button } from '../base/button.tsx';
import { words } from '../locales/locale.ts';

/** The recovery codes, shown once, to be copied or kept as a file. */
export function RecoveryCodes(props: { codes: readonly string[]; onDone(): void }): VNode {
  const app = useApp();
  const { secondFactor: text, copied, copy: copyLabel } = words.value.settings;
  const whole = `${text.fileTitle(app.me.value?.operator.email ?? '')}\n\n${props.codes.join('\n')}\n`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(whole);
      app.toasts.show({ text: copied });
    } catch {
      app.toasts.show({ text: text.notCopied, tone: 'problem' });
    }
  };
  const download = () => {
    const address = URL.createObjectURL(new Blob([whole], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'frontdesk-recovery-codes.txt';
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <div class="dialog-form">
      <p class="field-hint">{text.codesHint}</p>
      <ol class="recovery-codes">
        {props.codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div class="factor-ways">
        <Button icon="copy" onClick={copy}>
          {copyLabel}
        </Button>
        <Button icon="download" onClick={download}>
          {text.download}
        </Button>
      </div>
      <div class="dialog-foot">
        <Button kind="primary" onClick={props.onDone}>
          {text.kept}
        </Button>
      </div>
    </div>
  );
}
