ALTER TABLE `conversations` ADD `closes_at` integer;--> statement-breakpoint
CREATE INDEX `conversations_closes` ON `conversations` (`closes_at`) WHERE "conversations"."closes_at" is not null;