DROP INDEX `events_visitor_seq`;--> statement-breakpoint
DROP INDEX `events_command`;--> statement-breakpoint
CREATE UNIQUE INDEX `events_command` ON `events` (`command_id`,`sender_id`,`site_id`,`part`);