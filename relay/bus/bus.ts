/** What travels between relays: a topic and a frame already serialised for its audience. */
export type BusListener = (payload: string) => void;

/**
 * Port: tells everybody who listens to a topic, in this process and in others. A hint, never the record: what is lost
 * here is healed from the store by seq.
 */
export interface Bus {
  publish(topic: string, payload: string): void;
  subscribe(topic: string, listener: BusListener): () => void;
}

/** Topics, in one place. */
export const topics = {
  /** Everything one visitor's sockets get. */
  visitor: (visitor: string) => `visitor.${visitor}`,
  /** Every visitor's socket of a site. */
  visitors: (site: string) => `visitors.${site}`,
  /** Every operator's socket of a site. */
  staff: (site: string) => `staff.${site}`,
  /** The operators' sockets that show a conversation. */
  conversation: (conversation: string) => `conversation.${conversation}`,
} as const;
