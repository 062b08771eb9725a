import { sqliteKit } from './kit.ts';
import { makeSchema } from './schema.ts';

/** The tables as SQLite has them. */
export const schema = makeSchema(sqliteKit);

/* One by one as well: drizzle-kit, which writes the migrations, looks at the exports. */
export const {
  meta,
  sites,
  siteChanges,
  operators,
  members,
  operatorSessions,
  secondFactors,
  recoveryCodes,
  signInTickets,
  activity,
  visitors,
  visitorTokens,
  identityKeys,
  identityProofs,
  spentProofs,
  visits,
  pageViews,
  visitEvents,
  conversations,
  conversationAttributes,
  events,
  commands,
  outboxes,
  articles,
  articleDays,
  articleReadings,
  articleVotes,
  failedSearches,
  files,
  uploads,
  uploadParts,
  triggers,
  invitations,
} = schema;
