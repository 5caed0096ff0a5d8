/** One name with its value, as it stands in a configuration. Byte strings. */
export interface Setting {
  /** Section, type or path of the objects around it; empty at the top. */
  readonly section: string
  /** Number of the section or object that it stands in: settings with one number belong together. */
  readonly group: number
  readonly key: string
  /** Without quotes. */
  readonly value: string
  /** True where the value stood in quotes. */
  readonly quoted: boolean
  /** What stood between name and value. */
  readonly separator: '=' | ':' | ' ' | 'element' | 'attribute'
  /** Bytes from the start of the file to the value, without its quote. */
  readonly offset: number
}

/** So many settings of one file are read. */
export const MOST_SETTINGS = 20_000
/** Longer values are no passwords. */
export const MOST_VALUE = 4096
