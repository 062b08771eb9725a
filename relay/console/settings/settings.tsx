export function Settings(_: { page: unknown; item: unknown }) {
  return null;
}
