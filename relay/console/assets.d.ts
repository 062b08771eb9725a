/** A style sheet that the build takes out into a file. */
declare module '*.css';
