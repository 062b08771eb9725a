ALTER TABLE `operators` ADD `password_given_at` integer;--> statement-breakpoint
ALTER TABLE `sites` ADD `second_factor_demanded` integer DEFAULT false NOT NULL;