export interface IniSetting {
  readonly section: string
  readonly key: string
  readonly value: string
  readonly offset: number
  readonly length: number
}

const MOST_LINES = 10_000

/** Lines of an INI file; comments go. */
export function settings(text: string, separator: RegExp): readonly IniSetting[] {
  const found: IniSetting[] = []
  let section = ''
  let offset = 0
  for (const line of text.split('\n', MOST_LINES)) {
    const trimmed = line.trim()
    const heading = /^\[(.*)\]$/.exec(trimmed)?.[1]
    if (heading !== undefined) {
      section = heading
      found.push({ section, key: '', value: '', offset, length: line.length })
    } else if (trimmed !== '' && !/^[#;]|^\/\//.test(trimmed)) {
      const at = trimmed.search(separator)
      const key = at < 0 ? trimmed : trimmed.slice(0, at)
      const value = at < 0 ? '' : trimmed.slice(at).replace(separator, '').trim()
      found.push({
        section,
        key: key.trim(),
        value: value.replace(/^["']|["'];?$|;$/g, ''),
        offset,
        length: line.length,
      })
    }
    offset += line.length + 1
  }
  return found
}
