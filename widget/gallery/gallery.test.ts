import { expect, test } from 'vitest';
import { article, articleHit } from '../../relay/protocol/articles.ts';
import { visitorConversation } from '../../relay/protocol/entities.ts';
import { relayFrame } from '../../relay/protocol/frames.ts';
import { logEvent } from '../../relay/protocol/log-event.ts';
import { sessionReply } from '../../relay/protocol/visitor-http.ts';
import { answersIn } from './answers.ts';
import { scenesOf } from './scenes.ts';
import { STATES } from './states.ts';

test('every state of the gallery has a scene, and every scene a state', () => {
  const scenes = scenesOf(answersIn('en', Date.now()));
  expect(Object.keys(scenes).sort()).toEqual(STATES.map(({ name }) => name).sort());
});

test.each(['en', 'ru'] as const)('what the gallery answers in %s is what a relay may answer', (locale) => {
  const answers = answersIn(locale, Date.now());
  article.parse(answers.article);
  answers.hits.map((hit) => articleHit.parse(hit));
  for (const { site, session, events, head, frames } of Object.values(scenesOf(answers))) {
    sessionReply.parse({ ...answers.session, ...session, site: { ...answers.site, ...site } });
    visitorConversation.parse({ ...answers.chat, ...head });
    for (const event of events ?? []) logEvent.parse(event);
    for (const frame of frames ?? []) relayFrame.parse(frame);
  }
});
