/** A sentence for people, in both languages of the product. Never part of an id or a digest. */
export interface Text {
  readonly en: string
  readonly de: string
}

export type Language = keyof Text

/** Anything that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
