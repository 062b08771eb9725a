CREATE TABLE `article_days` (
	`site_id` text NOT NULL,
	`article_id` text NOT NULL,
	`day` text NOT NULL,
	`views` integer DEFAULT 0 NOT NULL,
	`helped` integer DEFAULT 0 NOT NULL,
	`not_helped` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`article_id`, `day`)
);
--> statement-breakpoint
CREATE INDEX `article_days_site` ON `article_days` (`site_id`,`day`);--> statement-breakpoint
CREATE INDEX `article_days_day` ON `article_days` (`day`);--> statement-breakpoint
CREATE TABLE `article_readings` (
	`visit_id` text NOT NULL,
	`article_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`visit_id`, `article_id`)
);
--> statement-breakpoint
CREATE INDEX `article_readings_at` ON `article_readings` (`at`);--> statement-breakpoint
CREATE TABLE `article_votes` (
	`site_id` text NOT NULL,
	`article_id` text NOT NULL,
	`visitor_id` text NOT NULL,
	`helped` integer NOT NULL,
	`comment` text DEFAULT '' NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`article_id`, `visitor_id`)
);
--> statement-breakpoint
CREATE INDEX `article_votes_site` ON `article_votes` (`site_id`,`at`);--> statement-breakpoint
CREATE INDEX `article_votes_at` ON `article_votes` (`at`);--> statement-breakpoint
CREATE TABLE `failed_searches` (
	`site_id` text NOT NULL,
	`day` text NOT NULL,
	`locale` text NOT NULL,
	`query` text NOT NULL,
	`count` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`site_id`, `day`, `locale`, `query`)
);
--> statement-breakpoint
CREATE INDEX `failed_searches_day` ON `failed_searches` (`day`);