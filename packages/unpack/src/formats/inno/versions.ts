import { type Bytes, cString } from '@messlatte/bytes'

/** What differs between the layouts of the lists; of all else, sizes are the same. */
export interface Layout {
  /** Texts with which the main list begins. */
  readonly texts: number
  /** Bytes between the counts and the method of compression. */
  readonly toCompression: number
  /** Bytes between that method and the languages. */
  readonly toLanguages: number
  /** Bytes behind the time of a content: version, flags, and how it is signed. */
  readonly behindTime: number
  readonly digest: 'sha1' | 'sha256'
}

const TEXT = 'Inno Setup Setup Data ('
/** Bytes of the text that says what version the lists have. */
export const VERSION_SIZE = 64

/** Ranges of Windows versions, colours, password, disk space, and choices of one byte: see innoextract, `header::load`. */
const WINDOWS_RANGE = 20
const COMMON = 8 + 4 + 3
const LEGACY_COLOURS = 8
const SHA1_PASSWORD = 20 + 8
const WIZARD_STYLE = 9
const ARCHITECTURES = 2
const DISPLAY_SIZE = 2 + 8

const LAYOUTS: ReadonlyMap<string, Layout> = new Map([
  [
    '5.5.7) (u)',
    layout(32, WINDOWS_RANGE + LEGACY_COLOURS + 1 + SHA1_PASSWORD + COMMON + 2, ARCHITECTURES, 6),
  ],
  [
    '5.6.0) (u)',
    layout(32, WINDOWS_RANGE + LEGACY_COLOURS + 1 + SHA1_PASSWORD + COMMON + 2, ARCHITECTURES, 6),
  ],
  ...['6.0.0) (u)', '6.1.0) (u)'].map(
    (version) =>
      [
        version,
        layout(
          34,
          WINDOWS_RANGE + LEGACY_COLOURS + WIZARD_STYLE + 1 + SHA1_PASSWORD + COMMON + 3,
          ARCHITECTURES,
          6,
        ),
      ] as const,
  ),
  [
    '6.3.0)',
    {
      ...layout(36, WINDOWS_RANGE + LEGACY_COLOURS + WIZARD_STYLE + 1 + SHA1_PASSWORD + COMMON + 3, 0, 7),
      behindTime: 11,
    },
  ],
  [
    '6.4.0.1)',
    {
      ...layout(36, WINDOWS_RANGE + WIZARD_STYLE + 1 + 4 + 44 + COMMON + 3, 0, 6),
      behindTime: 11,
      digest: 'sha256',
    },
  ],
])

function layout(texts: number, toCompression: number, architectures: number, flags: number): Layout {
  return {
    texts,
    toCompression,
    toLanguages: architectures + DISPLAY_SIZE + flags,
    behindTime: 10,
    digest: 'sha1',
  }
}

/** What the text in front of the lists says; `layout` is undefined for a version that is not read. */
export function versionAt(
  bytes: Bytes,
  at: number,
): { readonly name: string; readonly layout: Layout | undefined } | undefined {
  if (at + VERSION_SIZE > bytes.size) return undefined
  const text = cString(bytes.view(at, VERSION_SIZE))
  if (!text.startsWith(TEXT)) return undefined
  const version = text.slice(TEXT.length)
  return { name: version.replace(')', ''), layout: LAYOUTS.get(version) }
}
