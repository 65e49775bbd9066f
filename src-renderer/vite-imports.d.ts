/**
 * Imports that the bundler resolves, not the compiler. Only the forms that work under our content security policy:
 * a worker is its own same-origin file whose address goes through `ui/trusted-worker.ts`.
 */
declare module '*?worker&url' {
  const address: string;
  export default address;
}
declare module '*?url' {
  const address: string;
  export default address;
}
declare module '*.css';
interface ImportMeta {
  glob<T>(pattern: string, options: { readonly eager: true }): Record<string, T>;
}
