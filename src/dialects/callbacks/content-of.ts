/** The content of one kind. */
import type { ContentBody, MessageKind } from '../../domain/content.ts';

export type ContentOf<K extends MessageKind> = Extract<ContentBody, { readonly kind: K }>;
