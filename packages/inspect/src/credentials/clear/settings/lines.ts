import { MOST_SETTINGS, MOST_VALUE, type Setting } from './setting.ts'

const MOST_LINE = 8192
/** Deeper blocks count as part of the one around them. */
const MOST_DEPTH = 32
const SECTION = /^\[+\s*([^\]]{1,200}?)\s*\]+/
const BLOCK = /^([\w.-]+(?:[ \t]+["']?[\w./:*-]+["']?){0,3})[ \t]*=?[ \t]*[{(]$/
/** A name in quotes, in brackets of a Lua table, or bare; then what separates it from its value. */
const ASSIGNMENT =
  /^(?:(?:export|set|local|option|setenv|define)[ \t]+)?(?:\[?["']([^"']{1,100})["']\]?|([A-Za-z_$@][\w.$@:/-]{0,100}?))(?:[ \t]*(\+?=>?|:=?)[ \t]*|[ \t]+)(\S.*)$/

/**
 * Lines of `name = value`, `name: value` and `name value`, with the sections of INI and TOML, the blocks of braces, and the
 * indentation of YAML; comments are left out. Serves properties, shell defaults, Lua tables and most daemons.
 */
export function readLines(text: string, lua: boolean): readonly Setting[] {
  const settings: Setting[] = []
  const blocks: { readonly name: string; readonly group: number }[] = []
  let [section, group, groups, offset] = ['', 0, 0, 0]
  const indents: { readonly depth: number; readonly name: string; readonly group: number }[] = []
  while (offset < text.length && settings.length < MOST_SETTINGS) {
    const end = text.indexOf('\n', offset)
    const stop = end < 0 ? text.length : end
    const start = offset
    offset = stop + 1
    if (stop - start > MOST_LINE) continue
    const raw = text.slice(start, stop)
    const line = raw.trim()
    if (line === '' || isComment(line, lua)) continue
    const head = SECTION.exec(line)
    if (head && !/^\[["']/.test(line)) {
      section = head[1] as string
      group = ++groups
      blocks.length = 0
      indents.length = 0
      continue
    }
    if (/^[})][;,)]*$/.test(line)) {
      blocks.pop()
      continue
    }
    const block = BLOCK.exec(line)
    if (block) {
      if (blocks.length < MOST_DEPTH) blocks.push({ name: block[1] as string, group: ++groups })
      continue
    }
    const depth = raw.length - raw.trimStart().length
    while ((indents.at(-1)?.depth ?? -1) >= depth) indents.pop()
    const item = /^-[ \t]+/.exec(line)?.[0] ?? ''
    const rest = line.slice(item.length)
    const parent = /^["']?([\w. /-]{1,100}?)["']?:$/.exec(rest)
    if (parent) {
      if (indents.length < MOST_DEPTH) indents.push({ depth, name: parent[1] as string, group: ++groups })
      continue
    }
    if (item !== '' && indents.length < MOST_DEPTH)
      indents.push({ depth, name: indents.at(-1)?.name ?? '', group: ++groups })
    const setting = assignment(rest, start + raw.indexOf(line) + item.length)
    if (!setting) continue
    const inner = blocks.at(-1) ?? indents.at(-1)
    settings.push({
      ...setting,
      section: [section, ...blocks.map(({ name }) => name), ...indents.map(({ name }) => name)]
        .filter(Boolean)
        .join('.'),
      group: inner?.group ?? group,
    })
  }
  return settings
}

function isComment(line: string, lua: boolean): boolean {
  return /^(?:[#;!]|\/\/|\/\*|\*)/.test(line) || (lua && line.startsWith('--'))
}

function assignment(line: string, at: number): Omit<Setting, 'group' | 'section'> | undefined {
  const match = ASSIGNMENT.exec(line)
  if (!match) return undefined
  const [, inQuotes, bare, between = '', rest = ''] = match
  const separator = between === '' ? ' ' : between.includes('=') ? '=' : ':'
  const from = at + line.length - rest.length
  const quoted = /^(["'])((?:(?!\1)[^\\]|\\.)*)\1/.exec(rest)
  const value = quoted ? (quoted[2] as string) : plainValue(rest)
  if (value.length > MOST_VALUE) return undefined
  return {
    key: (inQuotes ?? bare) as string,
    value,
    quoted: quoted !== null,
    separator,
    offset: from + (quoted ? 1 : 0),
  }
}

/** Up to a comment behind it, or the sign that ends a statement. */
function plainValue(rest: string): string {
  return rest
    .replace(/[ \t]+(?:#|;|\/\/).*$/, '')
    .replace(/[;,]$/, '')
    .trimEnd()
}
