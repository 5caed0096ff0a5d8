/** A package as an index of dpkg's form tells it. */
export interface IndexEntry {
  /** Relative to the index (opkg) or to the repository (apt). */
  readonly file: string
  /** Lower-case hex; undefined where the index has none. */
  readonly sha256: string | undefined
}

const MOST_ENTRIES = 20_000
const MOST_NAME = 400

/** `Packages`: paragraphs of fields, an empty line between them. Debian, deb822(5); opkg calls the digest SHA256sum. */
export function indexEntries(text: string): readonly IndexEntry[] {
  const entries: IndexEntry[] = []
  let file: string | undefined
  let sha256: string | undefined
  const close = () => {
    if (file !== undefined) entries.push({ file, sha256 })
    file = sha256 = undefined
  }
  for (let at = 0; at < text.length && entries.length < MOST_ENTRIES; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    if (end - at <= MOST_NAME) {
      const line = text.slice(at, end).trimEnd()
      if (line === '') close()
      else if (line.startsWith('Filename:')) file = line.slice(9).trim()
      else if (/^SHA256(?:sum)?:/i.test(line)) sha256 = /[0-9a-f]{64}/i.exec(line)?.[0].toLowerCase()
    }
    at = end + 1
  }
  close()
  return entries
}
