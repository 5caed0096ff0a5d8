import { MOST_SETTINGS, MOST_VALUE, type Setting } from './setting.ts'

interface Level {
  readonly name: string
  readonly group: number
}

const MOST_DEPTH = 64
const TOKEN = /"((?:[^"\\\n]|\\.)*)"|[{}[\],:]|-?[\d.]+(?:[eE][+-]?\d+)?|true|false|null|\/\/[^\n]*/g

/**
 * Strings and numbers of JSON by their names, with where they stand; forgiving, as the readers of devices are. Objects have
 * numbers, so that a user and a password of one object are known to belong together.
 */
export function readJson(text: string): readonly Setting[] {
  const settings: Setting[] = []
  const levels: Level[] = []
  let groups = 0
  let key: string | undefined
  let candidate: string | undefined
  for (const match of text.matchAll(TOKEN)) {
    const [token, string] = match
    if (settings.length >= MOST_SETTINGS) break
    if (token === '{' || token === '[') {
      if (levels.length >= MOST_DEPTH) break
      levels.push({ name: key ?? '', group: token === '{' ? ++groups : (levels.at(-1)?.group ?? 0) })
      key = undefined
    } else if (token === '}' || token === ']') {
      levels.pop()
      key = undefined
    } else if (token === ':') {
      key = candidate
    } else if (token === ',') {
      key = undefined
    } else if (string !== undefined && key === undefined) {
      candidate = string
    } else if (key !== undefined && !token.startsWith('//')) {
      const value = string === undefined ? token : unescaped(string)
      if (value.length <= MOST_VALUE) {
        settings.push({
          section: levels
            .map(({ name }) => name)
            .filter(Boolean)
            .join('.'),
          group: levels.at(-1)?.group ?? 0,
          key,
          value,
          quoted: string !== undefined,
          separator: ':',
          offset: match.index + (string === undefined ? 0 : 1),
        })
      }
      key = undefined
    }
  }
  return settings
}

function unescaped(string: string): string {
  if (!string.includes('\\')) return string
  return string.replace(/\\(["\\/])/g, '$1')
}
