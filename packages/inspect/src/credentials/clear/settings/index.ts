import { readJson } from './json.ts'
import { readLines } from './lines.ts'
import type { Setting } from './setting.ts'
import { readUci } from './uci.ts'
import { readXml } from './xml.ts'

export type { Setting } from './setting.ts'

/** Larger files are no configurations of devices. */
export const MOST_CONFIGURATION = 1024 * 1024

/** Settings of a configuration, by what its first signs say that it is. */
export function readSettings(inner: string, text: string): readonly Setting[] {
  if (
    /(?:^|\/)etc\/config\/[^/]+$/.test(inner) ||
    /^[ \t]*config[ \t]+\S+[^\n]*\n(?:\s*\n)*[ \t]+option[ \t]/m.test(text.slice(0, 4096))
  )
    return readUci(text)
  const start = text.slice(0, 512).trimStart()
  if (start.startsWith('<')) return readXml(text)
  if (/^\{\s*["}]/.test(start) || /^\[\s*[{["]/.test(start)) return readJson(text)
  return readLines(text, inner.endsWith('.lua'))
}
