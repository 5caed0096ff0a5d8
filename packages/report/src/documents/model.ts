import type { Language } from '@messlatte/model'

/** A run of text. `gap` is for what is missing: it is set apart, and its words have to say so as well. */
export type Run =
  | string
  | {
      readonly text: string
      readonly bold?: boolean
      readonly italic?: boolean
      readonly gap?: boolean
      /** An `https:` address; any other is not linked. */
      readonly link?: string
    }

/** Text of a paragraph, an item or a cell; a line feed begins a new line. */
export type Runs = string | readonly Run[]

/** `gap`: something is missing. `note`: small print. */
export type Tone = 'normal' | 'gap' | 'note'

export interface Column {
  readonly title: string
  /** Share of the page's width, against the other columns'. */
  readonly width: number
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: Runs; readonly tone?: Tone }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Runs[] }
  /** Every row has a cell for each column. The headings are repeated on each page; without titles there are none. */
  | {
      readonly kind: 'table'
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly Runs[])[]
    }
  | { readonly kind: 'page-break' }
  /** A notice, and labels with a line behind each that is left empty; never torn apart. */
  | { readonly kind: 'signature'; readonly notice: string; readonly labels: readonly string[] }

/** A source that the document rests on, as its last section lists it. */
export interface DocumentSource {
  readonly id: string
  readonly title: string
  /** What its status is, in words. */
  readonly status: string
  readonly url?: string
  /** Day of the last look, YYYY-MM-DD. */
  readonly checked?: string
}

/** A document on paper, in one language. The same document gives the same bytes. */
export interface PaperDocument {
  readonly language: Language
  readonly title: string
  readonly subtitle?: string
  /** Of what: stands on top of each page. */
  readonly product: string
  /** The document's own day, YYYY-MM-DD: the only date in it that a writer knows. */
  readonly date: string
  /** Who answers for the contents; in the properties of the file. */
  readonly author?: string
  readonly blocks: readonly Block[]
  readonly sources: readonly DocumentSource[]
  /** Ends with places to sign, left empty, and says that nobody has signed. */
  readonly toSign: boolean
  /** How many things are missing in it, for whoever makes it; it is not printed. */
  readonly gaps?: number
  /** For wide tables. */
  readonly landscape?: boolean
}
