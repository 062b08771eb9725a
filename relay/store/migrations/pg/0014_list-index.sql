DROP INDEX "conversations_list";--> statement-breakpoint
CREATE INDEX "conversations_list" ON "conversations" USING btree ("site_id","status","assignee_id","last_event_at","id");