/** What a visitor does in the widget to reach a state. */
export interface Hands {
  /** Waits for an element of the widget and gives it. */
  see(selector: string): Promise<HTMLElement>;
  press(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  paste(selector: string, files: File[]): Promise<void>;
}

const frames = () => new Promise((done) => requestAnimationFrame(done));

/** The element that shows, in the widget's shadow root. */
function shown(selector: string): HTMLElement | undefined {
  const root = document.querySelector('frontdesk-widget')?.shadowRoot;
  return [...(root?.querySelectorAll<HTMLElement>(selector) ?? [])].find(
    (found) => found.checkVisibility({ visibilityProperty: true }) && found.getClientRects().length > 0,
  );
}

/** Hands that wait for what they reach for. */
export const hands: Hands = {
  async see(selector) {
    for (;;) {
      const found = shown(selector);
      if (found) return found;
      await frames();
    }
  },
  async press(selector) {
    (await hands.see(selector)).click();
  },
  async type(selector, text) {
    const field = (await hands.see(selector)) as HTMLInputElement;
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  },
  async paste(selector, files) {
    const clipboardData = new DataTransfer();
    for (const file of files) clipboardData.items.add(file);
    (await hands.see(selector)).dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }),
    );
  },
};
