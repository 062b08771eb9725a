/** A style sheet as text, minified by the build; it goes into a constructed sheet. */
declare module '*.css?inline' {
  const css: string;
  export default css;
}
