ALTER TABLE `events` ADD `part` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `events` SET `part` = (SELECT count(*) FROM `events` AS `e` WHERE `e`.`site_id` = `events`.`site_id` AND `e`.`sender_id` = `events`.`sender_id` AND `e`.`command_id` = `events`.`command_id` AND `e`.`seq` < `events`.`seq`);--> statement-breakpoint
DROP INDEX `events_command`;--> statement-breakpoint
CREATE UNIQUE INDEX `events_command` ON `events` (`site_id`,`sender_id`,`command_id`,`part`);
