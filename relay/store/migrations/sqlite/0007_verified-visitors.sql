CREATE TABLE `identity_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`site_id` text NOT NULL,
	`kid` text NOT NULL,
	`algorithm` text NOT NULL,
	`material` text NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `identity_keys_kid` ON `identity_keys` (`site_id`,`kid`);--> statement-breakpoint
CREATE TABLE `identity_proofs` (
	`site_id` text NOT NULL,
	`jti` text NOT NULL,
	`visitor_id` text NOT NULL,
	`device_id` text NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`site_id`, `jti`)
);
--> statement-breakpoint
CREATE INDEX `identity_proofs_until` ON `identity_proofs` (`site_id`,`until`);--> statement-breakpoint
ALTER TABLE `visitors` ADD `external_id` text;--> statement-breakpoint
ALTER TABLE `visitors` ADD `signed` text;--> statement-breakpoint
ALTER TABLE `visitors` ADD `joined_to` text;--> statement-breakpoint
CREATE UNIQUE INDEX `visitors_external` ON `visitors` (`site_id`,`external_id`);