import { randomUUIDv7 } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { FrontdeskError } from '../protocol/errors.ts';
import type { VisitorCommand } from '../protocol/frames.ts';
import { localeCode } from '../protocol/site-settings.ts';
import type { Db, Persistence } from '../store/index.ts';
import type { VisitorIdentity } from '../visitors/identity.ts';
import { takeFiles } from './attached.ts';
import type { ConversationsDeps } from './deps.ts';
import { checkForm } from './form-rules.ts';
import type { CommandContext } from './inbox.ts';
import { cutText, lineOf } from './log-events.ts';
import { metadataOf, newConversation } from './new-conversation.ts';
import { askProof } from './proving.ts';
import { makeReference } from './reference.ts';
import { keepPerson, visitorRow } from './visitor-row.ts';

type FormCommand = Extract<VisitorCommand, { type: 'form:submit' }>;

/** A form becomes a conversation of its own [FO1–FO4]. */
export async function submitForm(
  deps: ConversationsDeps,
  identity: VisitorIdentity,
  command: FormCommand,
  db: Db,
  context: CommandContext,
) {
  const { t } = deps.store;
  const { at, batch } = context;
  const settings = await deps.settingsOf(identity.siteId);
  if (!settings.channels.includes('email')) throw new FrontdeskError('channel-off');
  const locale = localeCode.safeParse(command.locale.slice(0, 2)).data ?? identity.locale;
  const form = checkForm(settings.form, locale, command);
  const visitor = await visitorRow(db, t, batch, identity);
  if (visitor.barredAt) throw new FrontdeskError('ended');
  await askProof(deps, identity, command, db, batch);

  const { name, email } = keepPerson(t, batch, visitor, { name: form.name, email: form.email });
  const metadata = await metadataOf(db, t, visitor.id, command.page);
  const reference = await freshReference(db, t, identity.siteId);
  const subject = form.subject || cutText(lineOf('visitor', '', form.message).text, 80);
  const fresh = newConversation(
    {
      id: randomUUIDv7(),
      siteId: identity.siteId,
      visitorId: visitor.id,
      channel: 'email',
      metadata,
      subject,
      reference,
    },
    at,
  );
  const attached = await takeFiles(deps.store, db, batch, {
    ...{ siteId: identity.siteId, ownerId: visitor.id, conversationId: fresh.id, ids: command.files ?? [] },
  });
  deps.heads.begin(batch, fresh);
  const { conversation, event } = deps.heads.append(
    batch,
    fresh.id,
    {
      type: 'form',
      author: { kind: 'visitor', id: visitor.id, name: name ?? '' },
      body: { reference, subject, text: form.message, fields: form.values, ...attached },
      audience: 'both',
      seenBy: 'visitor',
      change: { waitingSince: at, lastLine: lineOf('visitor', name ?? '', form.message) },
    },
    context,
  );
  batch.afterCommit(() => deps.onPerson(identity.siteId, visitor.id, { name, email }));
  deps.announcer.announce(batch, { conversation, events: [event], headChanged: true });
  return { conversation: conversation.id, seq: event.seq, visitorSeq: event.visitorSeq, reference, logged: true };
}

async function freshReference(db: Db, t: Persistence['t'], siteId: string): Promise<string> {
  for (;;) {
    const reference = makeReference();
    const [taken] = await db
      .select({ id: t.conversations.id })
      .from(t.conversations)
      .where(and(eq(t.conversations.siteId, siteId), eq(t.conversations.reference, reference)));
    if (!taken) return reference;
  }
}
