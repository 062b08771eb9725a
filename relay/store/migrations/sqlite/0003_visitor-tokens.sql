CREATE TABLE `visitor_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`site_id` text NOT NULL,
	`visitor_id` text NOT NULL,
	`kind` text NOT NULL,
	`until` integer
);
--> statement-breakpoint
CREATE INDEX `visitor_tokens_visitor` ON `visitor_tokens` (`visitor_id`);--> statement-breakpoint
ALTER TABLE `visitors` ADD `token_since` integer;