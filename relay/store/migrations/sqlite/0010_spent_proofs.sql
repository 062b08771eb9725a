CREATE TABLE `spent_proofs` (
	`id` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `spent_proofs_until` ON `spent_proofs` (`until`);