/* Written by make-migrations.ts; do not edit. */

/** One step of the schema: its name, and its statements parted by drizzle-kit’s mark. */
export interface Migration {
  name: string;
  sql: string;
}

/** The migrations of SQLite, oldest first. */
export const sqliteMigrations: readonly Migration[] = [
  {
    name: '0000_first',
    sql: `CREATE TABLE \`activity\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`site_id\` text,
	\`actor_kind\` text NOT NULL,
	\`actor_id\` text,
	\`action\` text NOT NULL,
	\`subject\` text,
	\`detail\` text NOT NULL,
	\`ip\` text,
	\`at\` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX \`activity_site_at\` ON \`activity\` (\`site_id\`,\`at\`);--> statement-breakpoint
CREATE TABLE \`articles\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`site_id\` text NOT NULL,
	\`locale\` text NOT NULL,
	\`slug\` text NOT NULL,
	\`title\` text NOT NULL,
	\`section\` text NOT NULL,
	\`summary\` text NOT NULL,
	\`markdown\` text NOT NULL,
	\`nodes\` text NOT NULL,
	\`external_id\` text,
	\`translation_key\` text,
	\`position\` integer DEFAULT 0 NOT NULL,
	\`pinned\` integer DEFAULT false NOT NULL,
	\`views\` integer DEFAULT 0 NOT NULL,
	\`status\` text NOT NULL,
	\`created_at\` integer NOT NULL,
	\`updated_at\` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX \`articles_slug\` ON \`articles\` (\`site_id\`,\`locale\`,\`slug\`);--> statement-breakpoint
CREATE INDEX \`articles_external\` ON \`articles\` (\`site_id\`,\`external_id\`);--> statement-breakpoint
CREATE TABLE \`commands\` (
	\`site_id\` text NOT NULL,
	\`sender_id\` text NOT NULL,
	\`command_id\` text NOT NULL,
	\`n\` integer NOT NULL,
	\`body_hash\` text NOT NULL,
	\`conversation_id\` text,
	\`seq\` integer,
	\`visitor_seq\` integer,
	\`at\` integer NOT NULL,
	\`error\` text,
	\`reference\` text,
	PRIMARY KEY(\`site_id\`, \`sender_id\`, \`command_id\`)
);
--> statement-breakpoint
CREATE TABLE \`conversations\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`site_id\` text NOT NULL,
	\`visitor_id\` text NOT NULL,
	\`channel\` text NOT NULL,
	\`status\` text NOT NULL,
	\`assignee_id\` text,
	\`subject\` text,
	\`reference\` text,
	\`metadata\` text NOT NULL,
	\`staff_seq\` integer DEFAULT 0 NOT NULL,
	\`visitor_seq\` integer DEFAULT 0 NOT NULL,
	\`visitor_delivered\` integer DEFAULT 0 NOT NULL,
	\`visitor_read\` integer DEFAULT 0 NOT NULL,
	\`staff_delivered\` integer DEFAULT 0 NOT NULL,
	\`staff_read\` integer DEFAULT 0 NOT NULL,
	\`unread\` integer DEFAULT 0 NOT NULL,
	\`waiting_since\` integer,
	\`last_event_at\` integer NOT NULL,
	\`last_line\` text,
	\`created_at\` integer NOT NULL,
	\`closed_at\` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX \`conversations_reference\` ON \`conversations\` (\`site_id\`,\`reference\`);--> statement-breakpoint
CREATE INDEX \`conversations_list\` ON \`conversations\` (\`site_id\`,\`status\`,\`assignee_id\`,\`last_event_at\`);--> statement-breakpoint
CREATE INDEX \`conversations_visitor\` ON \`conversations\` (\`visitor_id\`,\`created_at\`);--> statement-breakpoint
CREATE TABLE \`events\` (
	\`conversation_id\` text NOT NULL,
	\`seq\` integer NOT NULL,
	\`visitor_seq\` integer,
	\`site_id\` text NOT NULL,
	\`type\` text NOT NULL,
	\`author_kind\` text NOT NULL,
	\`author_id\` text,
	\`author_name\` text NOT NULL,
	\`sender_id\` text NOT NULL,
	\`command_id\` text NOT NULL,
	\`body_hash\` text NOT NULL,
	\`body\` text NOT NULL,
	\`at\` integer NOT NULL,
	PRIMARY KEY(\`conversation_id\`, \`seq\`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX \`events_visitor_seq\` ON \`events\` (\`conversation_id\`,\`visitor_seq\`);--> statement-breakpoint
CREATE INDEX \`events_command\` ON \`events\` (\`site_id\`,\`sender_id\`,\`command_id\`);--> statement-breakpoint
CREATE TABLE \`files\` (
	\`site_id\` text NOT NULL,
	\`hash\` text NOT NULL,
	\`mime\` text NOT NULL,
	\`size\` integer NOT NULL,
	\`bytes\` blob NOT NULL,
	\`created_at\` integer NOT NULL,
	PRIMARY KEY(\`site_id\`, \`hash\`)
);
--> statement-breakpoint
CREATE TABLE \`invitations\` (
	\`site_id\` text NOT NULL,
	\`visitor_id\` text NOT NULL,
	\`trigger_id\` text NOT NULL,
	\`shown_at\` integer,
	\`accepted_at\` integer,
	\`dismissed_at\` integer,
	\`answered_at\` integer,
	PRIMARY KEY(\`site_id\`, \`visitor_id\`, \`trigger_id\`)
);
--> statement-breakpoint
CREATE INDEX \`invitations_trigger\` ON \`invitations\` (\`site_id\`,\`trigger_id\`);--> statement-breakpoint
CREATE TABLE \`members\` (
	\`site_id\` text NOT NULL,
	\`operator_id\` text NOT NULL,
	\`role\` text NOT NULL,
	PRIMARY KEY(\`site_id\`, \`operator_id\`)
);
--> statement-breakpoint
CREATE INDEX \`members_operator\` ON \`members\` (\`operator_id\`);--> statement-breakpoint
CREATE TABLE \`meta\` (
	\`key\` text PRIMARY KEY NOT NULL,
	\`value\` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE \`operator_sessions\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`operator_id\` text NOT NULL,
	\`created_at\` integer NOT NULL,
	\`last_seen_at\` integer NOT NULL,
	\`expires_at\` integer NOT NULL,
	\`ip\` text NOT NULL,
	\`user_agent\` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX \`operator_sessions_operator\` ON \`operator_sessions\` (\`operator_id\`);--> statement-breakpoint
CREATE TABLE \`operators\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`email\` text NOT NULL,
	\`name\` text NOT NULL,
	\`password_hash\` text NOT NULL,
	\`status\` text NOT NULL,
	\`created_at\` integer NOT NULL,
	\`deleted_at\` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX \`operators_email\` ON \`operators\` (\`email\`);--> statement-breakpoint
CREATE TABLE \`outboxes\` (
	\`site_id\` text NOT NULL,
	\`sender_id\` text NOT NULL,
	\`id\` text NOT NULL,
	\`next\` integer NOT NULL,
	\`updated_at\` integer NOT NULL,
	PRIMARY KEY(\`site_id\`, \`sender_id\`, \`id\`)
);
--> statement-breakpoint
CREATE TABLE \`page_views\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`site_id\` text NOT NULL,
	\`visit_id\` text NOT NULL,
	\`url\` text NOT NULL,
	\`title\` text NOT NULL,
	\`at\` integer NOT NULL,
	\`left_at\` integer
);
--> statement-breakpoint
CREATE INDEX \`page_views_visit\` ON \`page_views\` (\`visit_id\`,\`at\`);--> statement-breakpoint
CREATE TABLE \`site_changes\` (
	\`site_id\` text PRIMARY KEY NOT NULL,
	\`no\` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE \`sites\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`key\` text NOT NULL,
	\`name\` text NOT NULL,
	\`origins\` text NOT NULL,
	\`settings\` text NOT NULL,
	\`visitor_count\` integer DEFAULT 0 NOT NULL,
	\`created_at\` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX \`sites_key\` ON \`sites\` (\`key\`);--> statement-breakpoint
CREATE TABLE \`triggers\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`site_id\` text NOT NULL,
	\`name\` text NOT NULL,
	\`enabled\` integer NOT NULL,
	\`conditions\` text NOT NULL,
	\`text\` text NOT NULL,
	\`show\` text NOT NULL,
	\`position\` integer NOT NULL,
	\`created_at\` integer NOT NULL,
	\`updated_at\` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX \`triggers_site\` ON \`triggers\` (\`site_id\`,\`position\`);--> statement-breakpoint
CREATE TABLE \`visitors\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`site_id\` text NOT NULL,
	\`number\` integer NOT NULL,
	\`token_hash\` text NOT NULL,
	\`name\` text,
	\`email\` text,
	\`phone\` text,
	\`conversation_id\` text NOT NULL,
	\`visit_id\` text NOT NULL,
	\`visit_count\` integer DEFAULT 0 NOT NULL,
	\`attributes\` text NOT NULL,
	\`first_seen_at\` integer NOT NULL,
	\`last_seen_at\` integer NOT NULL,
	\`locale\` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX \`visitors_token\` ON \`visitors\` (\`token_hash\`);--> statement-breakpoint
CREATE UNIQUE INDEX \`visitors_number\` ON \`visitors\` (\`site_id\`,\`number\`);--> statement-breakpoint
CREATE INDEX \`visitors_conversation\` ON \`visitors\` (\`conversation_id\`);--> statement-breakpoint
CREATE TABLE \`visits\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`site_id\` text NOT NULL,
	\`visitor_id\` text NOT NULL,
	\`number\` integer NOT NULL,
	\`started_at\` integer NOT NULL,
	\`last_seen_at\` integer NOT NULL,
	\`metadata\` text NOT NULL,
	\`page_count\` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX \`visits_visitor\` ON \`visits\` (\`visitor_id\`,\`started_at\`);`,
  },
  {
    name: '0001_verdict-in-event',
    sql: `ALTER TABLE \`events\` ADD \`part\` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE \`events\` SET \`part\` = (SELECT count(*) FROM \`events\` AS \`e\` WHERE \`e\`.\`site_id\` = \`events\`.\`site_id\` AND \`e\`.\`sender_id\` = \`events\`.\`sender_id\` AND \`e\`.\`command_id\` = \`events\`.\`command_id\` AND \`e\`.\`seq\` < \`events\`.\`seq\`);--> statement-breakpoint
DROP INDEX \`events_command\`;--> statement-breakpoint
CREATE UNIQUE INDEX \`events_command\` ON \`events\` (\`site_id\`,\`sender_id\`,\`command_id\`,\`part\`);`,
  },
  {
    name: '0002_lean-event-indexes',
    sql: `DROP INDEX \`events_visitor_seq\`;--> statement-breakpoint
DROP INDEX \`events_command\`;--> statement-breakpoint
CREATE UNIQUE INDEX \`events_command\` ON \`events\` (\`command_id\`,\`sender_id\`,\`site_id\`,\`part\`);`,
  },
  {
    name: '0003_visitor-tokens',
    sql: `CREATE TABLE \`visitor_tokens\` (
	\`hash\` text PRIMARY KEY NOT NULL,
	\`site_id\` text NOT NULL,
	\`visitor_id\` text NOT NULL,
	\`kind\` text NOT NULL,
	\`until\` integer
);
--> statement-breakpoint
CREATE INDEX \`visitor_tokens_visitor\` ON \`visitor_tokens\` (\`visitor_id\`);--> statement-breakpoint
ALTER TABLE \`visitors\` ADD \`token_since\` integer;`,
  },
  {
    name: '0004_latest-conversations',
    sql: `CREATE INDEX \`conversations_latest\` ON \`conversations\` (\`site_id\`,\`status\`,\`last_event_at\`,\`id\`);`,
  },
  {
    name: '0005_second-factor',
    sql: `CREATE TABLE \`recovery_codes\` (
	\`operator_id\` text NOT NULL,
	\`hash\` text NOT NULL,
	PRIMARY KEY(\`operator_id\`, \`hash\`)
);
--> statement-breakpoint
CREATE TABLE \`second_factors\` (
	\`operator_id\` text PRIMARY KEY NOT NULL,
	\`secret\` text NOT NULL,
	\`created_at\` integer NOT NULL,
	\`confirmed_at\` integer,
	\`last_step\` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE \`sign_in_tickets\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`operator_id\` text NOT NULL,
	\`expires_at\` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX \`sign_in_tickets_operator\` ON \`sign_in_tickets\` (\`operator_id\`);`,
  },
  {
    name: '0006_uploads',
    sql: `CREATE TABLE \`upload_parts\` (
	\`upload_id\` text NOT NULL,
	\`no\` integer NOT NULL,
	\`bytes\` blob NOT NULL,
	PRIMARY KEY(\`upload_id\`, \`no\`)
);
--> statement-breakpoint
CREATE TABLE \`uploads\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`site_id\` text NOT NULL,
	\`owner_id\` text NOT NULL,
	\`name\` text NOT NULL,
	\`mime\` text NOT NULL,
	\`size\` integer NOT NULL,
	\`width\` integer,
	\`height\` integer,
	\`conversation_id\` text,
	\`created_at\` integer NOT NULL,
	\`stored_at\` integer
);
--> statement-breakpoint
CREATE INDEX \`uploads_unsent\` ON \`uploads\` (\`conversation_id\`,\`created_at\`);`,
  },
  {
    name: '0007_verified-visitors',
    sql: `CREATE TABLE \`identity_keys\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`site_id\` text NOT NULL,
	\`kid\` text NOT NULL,
	\`algorithm\` text NOT NULL,
	\`material\` text NOT NULL,
	\`created_at\` integer NOT NULL,
	\`retired_at\` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX \`identity_keys_kid\` ON \`identity_keys\` (\`site_id\`,\`kid\`);--> statement-breakpoint
CREATE TABLE \`identity_proofs\` (
	\`site_id\` text NOT NULL,
	\`jti\` text NOT NULL,
	\`visitor_id\` text NOT NULL,
	\`device_id\` text NOT NULL,
	\`until\` integer NOT NULL,
	PRIMARY KEY(\`site_id\`, \`jti\`)
);
--> statement-breakpoint
CREATE INDEX \`identity_proofs_until\` ON \`identity_proofs\` (\`site_id\`,\`until\`);--> statement-breakpoint
ALTER TABLE \`visitors\` ADD \`external_id\` text;--> statement-breakpoint
ALTER TABLE \`visitors\` ADD \`signed\` text;--> statement-breakpoint
ALTER TABLE \`visitors\` ADD \`joined_to\` text;--> statement-breakpoint
CREATE UNIQUE INDEX \`visitors_external\` ON \`visitors\` (\`site_id\`,\`external_id\`);`,
  },
  {
    name: '0008_chat-endings',
    sql: `ALTER TABLE \`conversations\` ADD \`rating_score\` integer;--> statement-breakpoint
ALTER TABLE \`conversations\` ADD \`rating_comment\` text;--> statement-breakpoint
ALTER TABLE \`conversations\` ADD \`rated_at\` integer;--> statement-breakpoint
ALTER TABLE \`conversations\` ADD \`ended_at\` integer;--> statement-breakpoint
ALTER TABLE \`visitors\` ADD \`barred_at\` integer;`,
  },
  {
    name: '0009_solved',
    sql: `ALTER TABLE \`conversations\` ADD \`closes_at\` integer;--> statement-breakpoint
CREATE INDEX \`conversations_closes\` ON \`conversations\` (\`closes_at\`) WHERE "conversations"."closes_at" is not null;`,
  },
  {
    name: '0010_spent_proofs',
    sql: `CREATE TABLE \`spent_proofs\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`until\` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX \`spent_proofs_until\` ON \`spent_proofs\` (\`until\`);`,
  },
  {
    name: '0011_visit_events',
    sql: `CREATE TABLE \`conversation_attributes\` (
	\`conversation_id\` text PRIMARY KEY NOT NULL,
	\`site_id\` text NOT NULL,
	\`attributes\` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE \`visit_events\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`site_id\` text NOT NULL,
	\`visit_id\` text NOT NULL,
	\`name\` text NOT NULL,
	\`data\` text NOT NULL,
	\`at\` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX \`visit_events_visit\` ON \`visit_events\` (\`visit_id\`,\`at\`);`,
  },
  {
    name: '0012_article_feedback',
    sql: `CREATE TABLE \`article_days\` (
	\`site_id\` text NOT NULL,
	\`article_id\` text NOT NULL,
	\`day\` text NOT NULL,
	\`views\` integer DEFAULT 0 NOT NULL,
	\`helped\` integer DEFAULT 0 NOT NULL,
	\`not_helped\` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(\`article_id\`, \`day\`)
);
--> statement-breakpoint
CREATE INDEX \`article_days_site\` ON \`article_days\` (\`site_id\`,\`day\`);--> statement-breakpoint
CREATE INDEX \`article_days_day\` ON \`article_days\` (\`day\`);--> statement-breakpoint
CREATE TABLE \`article_readings\` (
	\`visit_id\` text NOT NULL,
	\`article_id\` text NOT NULL,
	\`at\` integer NOT NULL,
	PRIMARY KEY(\`visit_id\`, \`article_id\`)
);
--> statement-breakpoint
CREATE INDEX \`article_readings_at\` ON \`article_readings\` (\`at\`);--> statement-breakpoint
CREATE TABLE \`article_votes\` (
	\`site_id\` text NOT NULL,
	\`article_id\` text NOT NULL,
	\`visitor_id\` text NOT NULL,
	\`helped\` integer NOT NULL,
	\`comment\` text DEFAULT '' NOT NULL,
	\`at\` integer NOT NULL,
	PRIMARY KEY(\`article_id\`, \`visitor_id\`)
);
--> statement-breakpoint
CREATE INDEX \`article_votes_site\` ON \`article_votes\` (\`site_id\`,\`at\`);--> statement-breakpoint
CREATE INDEX \`article_votes_at\` ON \`article_votes\` (\`at\`);--> statement-breakpoint
CREATE TABLE \`failed_searches\` (
	\`site_id\` text NOT NULL,
	\`day\` text NOT NULL,
	\`locale\` text NOT NULL,
	\`query\` text NOT NULL,
	\`count\` integer NOT NULL,
	\`last_at\` integer NOT NULL,
	PRIMARY KEY(\`site_id\`, \`day\`, \`locale\`, \`query\`)
);
--> statement-breakpoint
CREATE INDEX \`failed_searches_day\` ON \`failed_searches\` (\`day\`);`,
  },
  {
    name: '0013_first_passwords',
    sql: `ALTER TABLE \`operators\` ADD \`password_given_at\` integer;--> statement-breakpoint
ALTER TABLE \`sites\` ADD \`second_factor_demanded\` integer DEFAULT false NOT NULL;`,
  },
  {
    name: '0014_list-index',
    sql: `DROP INDEX \`conversations_list\`;--> statement-breakpoint
CREATE INDEX \`conversations_list\` ON \`conversations\` (\`site_id\`,\`status\`,\`assignee_id\`,\`last_event_at\`,\`id\`);`,
  },
];

/** The migrations of Postgres, oldest first. */
export const pgMigrations: readonly Migration[] = [
  {
    name: '0000_first',
    sql: `CREATE TABLE "activity" (
	"id" text PRIMARY KEY NOT NULL,
	"site_id" text,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"subject" text,
	"detail" jsonb NOT NULL,
	"ip" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "articles" (
	"id" text PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"locale" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"section" text NOT NULL,
	"summary" text NOT NULL,
	"markdown" text NOT NULL,
	"nodes" jsonb NOT NULL,
	"external_id" text,
	"translation_key" text,
	"position" bigint DEFAULT 0 NOT NULL,
	"pinned" boolean DEFAULT false NOT NULL,
	"views" bigint DEFAULT 0 NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"site_id" text NOT NULL,
	"sender_id" text NOT NULL,
	"command_id" text NOT NULL,
	"n" bigint NOT NULL,
	"body_hash" text NOT NULL,
	"conversation_id" text,
	"seq" bigint,
	"visitor_seq" bigint,
	"at" timestamp (3) with time zone NOT NULL,
	"error" jsonb,
	"reference" text,
	CONSTRAINT "commands_site_id_sender_id_command_id_pk" PRIMARY KEY("site_id","sender_id","command_id")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" text PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"visitor_id" text NOT NULL,
	"channel" text NOT NULL,
	"status" text NOT NULL,
	"assignee_id" text,
	"subject" text,
	"reference" text,
	"metadata" jsonb NOT NULL,
	"staff_seq" bigint DEFAULT 0 NOT NULL,
	"visitor_seq" bigint DEFAULT 0 NOT NULL,
	"visitor_delivered" bigint DEFAULT 0 NOT NULL,
	"visitor_read" bigint DEFAULT 0 NOT NULL,
	"staff_delivered" bigint DEFAULT 0 NOT NULL,
	"staff_read" bigint DEFAULT 0 NOT NULL,
	"unread" bigint DEFAULT 0 NOT NULL,
	"waiting_since" timestamp (3) with time zone,
	"last_event_at" timestamp (3) with time zone NOT NULL,
	"last_line" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "events" (
	"conversation_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"visitor_seq" bigint,
	"site_id" text NOT NULL,
	"type" text NOT NULL,
	"author_kind" text NOT NULL,
	"author_id" text,
	"author_name" text NOT NULL,
	"sender_id" text NOT NULL,
	"command_id" text NOT NULL,
	"body_hash" text NOT NULL,
	"body" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "events_conversation_id_seq_pk" PRIMARY KEY("conversation_id","seq")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"site_id" text NOT NULL,
	"hash" text NOT NULL,
	"mime" text NOT NULL,
	"size" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "files_site_id_hash_pk" PRIMARY KEY("site_id","hash")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"site_id" text NOT NULL,
	"visitor_id" text NOT NULL,
	"trigger_id" text NOT NULL,
	"shown_at" timestamp (3) with time zone,
	"accepted_at" timestamp (3) with time zone,
	"dismissed_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "invitations_site_id_visitor_id_trigger_id_pk" PRIMARY KEY("site_id","visitor_id","trigger_id")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"site_id" text NOT NULL,
	"operator_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "members_site_id_operator_id_pk" PRIMARY KEY("site_id","operator_id")
);
--> statement-breakpoint
CREATE TABLE "meta" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operator_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"operator_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip" text NOT NULL,
	"user_agent" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operators" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "outboxes" (
	"site_id" text NOT NULL,
	"sender_id" text NOT NULL,
	"id" text NOT NULL,
	"next" bigint NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "outboxes_site_id_sender_id_id_pk" PRIMARY KEY("site_id","sender_id","id")
);
--> statement-breakpoint
CREATE TABLE "page_views" (
	"id" text PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"visit_id" text NOT NULL,
	"url" text NOT NULL,
	"title" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"left_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "site_changes" (
	"site_id" text PRIMARY KEY NOT NULL,
	"no" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"origins" jsonb NOT NULL,
	"settings" jsonb NOT NULL,
	"visitor_count" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "triggers" (
	"id" text PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"name" text NOT NULL,
	"enabled" boolean NOT NULL,
	"conditions" jsonb NOT NULL,
	"text" jsonb NOT NULL,
	"show" text NOT NULL,
	"position" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visitors" (
	"id" text PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"number" bigint NOT NULL,
	"token_hash" text NOT NULL,
	"name" text,
	"email" text,
	"phone" text,
	"conversation_id" text NOT NULL,
	"visit_id" text NOT NULL,
	"visit_count" bigint DEFAULT 0 NOT NULL,
	"attributes" jsonb NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"locale" text
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"id" text PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"visitor_id" text NOT NULL,
	"number" bigint NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"metadata" jsonb NOT NULL,
	"page_count" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX "activity_site_at" ON "activity" USING btree ("site_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "articles_slug" ON "articles" USING btree ("site_id","locale","slug");--> statement-breakpoint
CREATE INDEX "articles_external" ON "articles" USING btree ("site_id","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_reference" ON "conversations" USING btree ("site_id","reference");--> statement-breakpoint
CREATE INDEX "conversations_list" ON "conversations" USING btree ("site_id","status","assignee_id","last_event_at");--> statement-breakpoint
CREATE INDEX "conversations_visitor" ON "conversations" USING btree ("visitor_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "events_visitor_seq" ON "events" USING btree ("conversation_id","visitor_seq");--> statement-breakpoint
CREATE INDEX "events_command" ON "events" USING btree ("site_id","sender_id","command_id");--> statement-breakpoint
CREATE INDEX "invitations_trigger" ON "invitations" USING btree ("site_id","trigger_id");--> statement-breakpoint
CREATE INDEX "members_operator" ON "members" USING btree ("operator_id");--> statement-breakpoint
CREATE INDEX "operator_sessions_operator" ON "operator_sessions" USING btree ("operator_id");--> statement-breakpoint
CREATE UNIQUE INDEX "operators_email" ON "operators" USING btree ("email");--> statement-breakpoint
CREATE INDEX "page_views_visit" ON "page_views" USING btree ("visit_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "sites_key" ON "sites" USING btree ("key");--> statement-breakpoint
CREATE INDEX "triggers_site" ON "triggers" USING btree ("site_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "visitors_token" ON "visitors" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "visitors_number" ON "visitors" USING btree ("site_id","number");--> statement-breakpoint
CREATE INDEX "visitors_conversation" ON "visitors" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "visits_visitor" ON "visits" USING btree ("visitor_id","started_at");`,
  },
  {
    name: '0001_verdict-in-event',
    sql: `ALTER TABLE "events" ADD COLUMN "part" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "events" SET "part" = (SELECT count(*) FROM "events" AS "e" WHERE "e"."site_id" = "events"."site_id" AND "e"."sender_id" = "events"."sender_id" AND "e"."command_id" = "events"."command_id" AND "e"."seq" < "events"."seq");--> statement-breakpoint
DROP INDEX "events_command";--> statement-breakpoint
CREATE UNIQUE INDEX "events_command" ON "events" USING btree ("site_id","sender_id","command_id","part");`,
  },
  {
    name: '0002_lean-event-indexes',
    sql: `DROP INDEX "events_visitor_seq";--> statement-breakpoint
DROP INDEX "events_command";--> statement-breakpoint
CREATE UNIQUE INDEX "events_command" ON "events" USING btree ("command_id","sender_id","site_id","part");`,
  },
  {
    name: '0003_visitor-tokens',
    sql: `CREATE TABLE "visitor_tokens" (
	"hash" text PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"visitor_id" text NOT NULL,
	"kind" text NOT NULL,
	"until" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "token_since" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "visitor_tokens_visitor" ON "visitor_tokens" USING btree ("visitor_id");`,
  },
  {
    name: '0004_latest-conversations',
    sql: `CREATE INDEX "conversations_latest" ON "conversations" USING btree ("site_id","status","last_event_at","id");`,
  },
  {
    name: '0005_second-factor',
    sql: `CREATE TABLE "recovery_codes" (
	"operator_id" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "recovery_codes_operator_id_hash_pk" PRIMARY KEY("operator_id","hash")
);
--> statement-breakpoint
CREATE TABLE "second_factors" (
	"operator_id" text PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"last_step" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_tickets" (
	"id" text PRIMARY KEY NOT NULL,
	"operator_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "sign_in_tickets_operator" ON "sign_in_tickets" USING btree ("operator_id");`,
  },
  {
    name: '0006_uploads',
    sql: `CREATE TABLE "upload_parts" (
	"upload_id" text NOT NULL,
	"no" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "upload_parts_upload_id_no_pk" PRIMARY KEY("upload_id","no")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" text PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"owner_id" text NOT NULL,
	"name" text NOT NULL,
	"mime" text NOT NULL,
	"size" bigint NOT NULL,
	"width" bigint,
	"height" bigint,
	"conversation_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"stored_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "uploads_unsent" ON "uploads" USING btree ("conversation_id","created_at");`,
  },
  {
    name: '0007_verified-visitors',
    sql: `CREATE TABLE "identity_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"kid" text NOT NULL,
	"algorithm" text NOT NULL,
	"material" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "identity_proofs" (
	"site_id" text NOT NULL,
	"jti" text NOT NULL,
	"visitor_id" text NOT NULL,
	"device_id" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "identity_proofs_site_id_jti_pk" PRIMARY KEY("site_id","jti")
);
--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "signed" jsonb;--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "joined_to" text;--> statement-breakpoint
CREATE UNIQUE INDEX "identity_keys_kid" ON "identity_keys" USING btree ("site_id","kid");--> statement-breakpoint
CREATE INDEX "identity_proofs_until" ON "identity_proofs" USING btree ("site_id","until");--> statement-breakpoint
CREATE UNIQUE INDEX "visitors_external" ON "visitors" USING btree ("site_id","external_id");`,
  },
  {
    name: '0008_chat-endings',
    sql: `ALTER TABLE "conversations" ADD COLUMN "rating_score" bigint;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "rating_comment" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "rated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "barred_at" timestamp (3) with time zone;`,
  },
  {
    name: '0009_solved',
    sql: `ALTER TABLE "conversations" ADD COLUMN "closes_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "conversations_closes" ON "conversations" USING btree ("closes_at") WHERE "conversations"."closes_at" is not null;`,
  },
  {
    name: '0010_spent_proofs',
    sql: `CREATE TABLE "spent_proofs" (
	"id" text PRIMARY KEY NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "spent_proofs_until" ON "spent_proofs" USING btree ("until");`,
  },
  {
    name: '0011_visit_events',
    sql: `CREATE TABLE "conversation_attributes" (
	"conversation_id" text PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"attributes" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visit_events" (
	"id" text PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"visit_id" text NOT NULL,
	"name" text NOT NULL,
	"data" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "visit_events_visit" ON "visit_events" USING btree ("visit_id","at");`,
  },
  {
    name: '0012_article_feedback',
    sql: `CREATE TABLE "article_days" (
	"site_id" text NOT NULL,
	"article_id" text NOT NULL,
	"day" text NOT NULL,
	"views" bigint DEFAULT 0 NOT NULL,
	"helped" bigint DEFAULT 0 NOT NULL,
	"not_helped" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "article_days_article_id_day_pk" PRIMARY KEY("article_id","day")
);
--> statement-breakpoint
CREATE TABLE "article_readings" (
	"visit_id" text NOT NULL,
	"article_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "article_readings_visit_id_article_id_pk" PRIMARY KEY("visit_id","article_id")
);
--> statement-breakpoint
CREATE TABLE "article_votes" (
	"site_id" text NOT NULL,
	"article_id" text NOT NULL,
	"visitor_id" text NOT NULL,
	"helped" boolean NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "article_votes_article_id_visitor_id_pk" PRIMARY KEY("article_id","visitor_id")
);
--> statement-breakpoint
CREATE TABLE "failed_searches" (
	"site_id" text NOT NULL,
	"day" text NOT NULL,
	"locale" text NOT NULL,
	"query" text NOT NULL,
	"count" bigint NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "failed_searches_site_id_day_locale_query_pk" PRIMARY KEY("site_id","day","locale","query")
);
--> statement-breakpoint
CREATE INDEX "article_days_site" ON "article_days" USING btree ("site_id","day");--> statement-breakpoint
CREATE INDEX "article_days_day" ON "article_days" USING btree ("day");--> statement-breakpoint
CREATE INDEX "article_readings_at" ON "article_readings" USING btree ("at");--> statement-breakpoint
CREATE INDEX "article_votes_site" ON "article_votes" USING btree ("site_id","at");--> statement-breakpoint
CREATE INDEX "article_votes_at" ON "article_votes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "failed_searches_day" ON "failed_searches" USING btree ("day");`,
  },
  {
    name: '0013_first_passwords',
    sql: `ALTER TABLE "operators" ADD COLUMN "password_given_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "second_factor_demanded" boolean DEFAULT false NOT NULL;`,
  },
  {
    name: '0014_list-index',
    sql: `DROP INDEX "conversations_list";--> statement-breakpoint
CREATE INDEX "conversations_list" ON "conversations" USING btree ("site_id","status","assignee_id","last_event_at","id");`,
  },
];
