/** The version this relay speaks first. A relay also accepts `OLDEST_PROTOCOL`. */
export const PROTOCOL = 1;
export const OLDEST_PROTOCOL = 1;
