import type { Core, Trigger } from '../core.ts';
import { holds } from './conditions.ts';

const LOOK_MS = 1_000;

/**
 * Watches the conditions of the site's triggers and shows each invitation once per visitor. The relay sends only those
 * that this visitor may still see; what was shown is kept here too, for pages that have not asked again.
 * Gives back how to run one by hand.
 */
export default function rules(core: Core): (id: string) => void {
  const { session, kept, open, over, emit, invitation } = core;
  const { triggers, visitStartedAt, now } = session;
  const asked = Date.now();
  const shownBefore = () => kept.get<string[]>('invitations') ?? [];
  let url = location.href;
  let pageSince = asked;

  const tell = async (id: string, outcome: 'shown' | 'accepted' | 'dismissed') => {
    emit(`invitation:${outcome}`, { id });
    const { session: line } = await core.live();
    const sign = () => line.sign({ type: 'invitation', trigger: id, outcome });
    if (sign()) return;
    const stop = line.on('welcome', () => {
      stop();
      // The line counts as up when the welcome has been dealt with.
      setTimeout(sign);
    });
  };
  const invite = (trigger: Trigger) => {
    const { id, text, from, show } = trigger;
    kept.set('invitations', [...shownBefore(), id]);
    tell(id, 'shown');
    const accept = () => {
      invitation.value = trigger;
      tell(id, 'accepted');
      core.show('chat');
    };
    if (show === 'window') {
      invitation.value = trigger;
      core.show('chat', { still: true });
    } else core.live().then((live) => live.talk({ text, from, answer: accept, dismiss: () => tell(id, 'dismissed') }));
  };
  const look = () => {
    if (url !== location.href) {
      url = location.href;
      pageSince = Date.now();
    }
    // Nobody is invited to a talk that nobody could lead.
    const asleep = open.value || document.hidden || !core.availability.value.online;
    if (asleep || !session.site.channels.includes('chat')) return;
    const moment = {
      url,
      onPageMs: Date.now() - pageSince,
      onSiteMs: Date.parse(now) - Date.parse(visitStartedAt) + Date.now() - asked,
    };
    const shown = shownBefore();
    const due = triggers.find(
      ({ id, conditions }) => !shown.includes(id) && conditions.every((condition) => holds(condition, moment)),
    );
    if (due) {
      clearInterval(timer);
      invite(due);
    }
  };
  // One invitation a page view is enough.
  const timer = over.aborted ? 0 : setInterval(look, LOOK_MS);
  over.addEventListener('abort', () => clearInterval(timer));
  return (id) => {
    const trigger = triggers.find((one) => one.id === id);
    if (trigger) invite(trigger);
  };
}
