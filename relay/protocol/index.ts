export * from './articles.ts';
export * from './close-codes.ts';
export * from './entities.ts';
export * from './errors.ts';
export * from './frames.ts';
export * from './limits.ts';
export * from './site-settings.ts';
export * from './version.ts';
