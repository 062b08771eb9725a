import type { VNode } from 'preact';
import type { Live } from '../live.ts';
import type { MoreWords } from '../locales/more-en.ts';

/** An operator would close the chat and asks whether it is solved. */
export const solvedQuestion = ({ session }: Live, more: MoreWords, conversation: string): VNode | undefined => {
  // It is answered, and the answer is on its way.
  if (session.outbox.pending.some((one) => one.type === 'conversation:solved' && one.conversation === conversation))
    return;
  const answer = (yes: boolean) => () => session.command({ type: 'conversation:solved', conversation, yes });
  return (
    <fieldset class="fd-rating fd-solved" key="solved">
      <legend>{more.solved}</legend>
      <div class="fd-rating-foot">
        <button type="button" class="fd-button fd-button-main" onClick={answer(true)}>
          {more.solvedYes}
        </button>
        <button type="button" class="fd-button" onClick={answer(false)}>
          {more.solvedNo}
        </button>
      </div>
    </fieldset>
  );
};
