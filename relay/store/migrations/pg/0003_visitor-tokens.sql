CREATE TABLE "visitor_tokens" (
	"hash" text PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"visitor_id" text NOT NULL,
	"kind" text NOT NULL,
	"until" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "token_since" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "visitor_tokens_visitor" ON "visitor_tokens" USING btree ("visitor_id");