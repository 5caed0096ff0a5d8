import type { ClaimFinding } from '@messlatte/conformity'

/** A file of a project folder. */
export interface ProjectText {
  /** As a code host knows it: relative, parts encoded, divided by `/`. */
  readonly uri: string
  readonly text: string
}

export interface Place {
  readonly uri: string
  /** Counted from 1; undefined where it stands in no line of its own. */
  readonly line: number | undefined
}

export interface Lines {
  /** The first line of a file in which a key or value stands, after another line. */
  readonly find: (name: string, wanted: string, after?: number) => Place
  /** Entry ids of an IXIT table, each with its line. */
  readonly entries: (table: string) => readonly { readonly id: string; readonly line: number }[]
  readonly document: (id: string) => Place
}

/** Files are as this program writes them, a field a line; of others the file itself is told, without a line. */
export function linesOf(texts: Readonly<Record<string, ProjectText>>): Lines {
  const files = new Map(
    Object.entries(texts).map(([name, { uri, text }]) => [name, { uri, lines: text.split('\n') }]),
  )
  const find = (name: string, wanted: string, after = 0): Place => {
    const { uri, lines } = files.get(name) ?? { uri: name, lines: [] }
    const at = lines.findIndex((line, index) => index >= after && starts(line, wanted))
    return { uri, line: at < 0 ? undefined : at + 1 }
  }
  return {
    find,
    entries: (table) => {
      const from = find('ixit.json', JSON.stringify(table)).line
      if (from === undefined) return []
      const lines = files.get('ixit.json')?.lines.slice(from) ?? []
      const end = lines.findIndex((line) => /^ {2}"/.test(line))
      return lines.slice(0, end < 0 ? undefined : end).flatMap((line, index) => {
        const id = /^\s*"ID": (".*"),?\s*$/.exec(line)?.[1]
        return id === undefined ? [] : [{ id: JSON.parse(id) as string, line: from + index + 1 }]
      })
    },
    document: (id) => find('documents.json', `"id": ${JSON.stringify(id)}`),
  }
}

function starts(line: string, wanted: string): boolean {
  const text = line.trimStart()
  return text.startsWith(wanted) && /^[:,]?(?:\s|$)/.test(text.slice(wanted.length))
}

/** Where a finding in claims stands: the entry that it names, else its table, row or group, else the file. */
export function placeOf({ about, text, from }: ClaimFinding, lines: Lines): Place {
  const key = JSON.stringify(about)
  if (from === 'self-assessment') return lines.find('self-assessment.json', `"provision": ${key}`)
  if (/^\d+[A-Z]?-[A-Z]/i.test(about)) {
    const table = lines.find('ixit.json', key)
    const named = lines.entries(about).find(({ id }) => id !== '' && text.en.includes(id))
    return named ? { ...table, line: named.line } : table
  }
  if (/^(?:\d+\.\d+-|4-1$)/.test(about)) return lines.find('ics.json', key)
  if (about === 'ICS') return lines.find('ics.json', '"rows"')
  if (about === 'Conditions') return lines.find('dut.json', '"conditions"')
  return lines.find('dut.json', `"name": ${key}`)
}
