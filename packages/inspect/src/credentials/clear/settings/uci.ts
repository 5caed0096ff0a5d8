import { MOST_SETTINGS, MOST_VALUE, type Setting } from './setting.ts'

/** OpenWrt's UCI: `config TYPE 'NAME'`, then options and lists. The section is `TYPE` or `TYPE.NAME`. */
export function readUci(text: string): readonly Setting[] {
  const settings: Setting[] = []
  const line = /^[ \t]*(config|option|list)[ \t]+(?:'([^'\n]*)'|"([^"\n]*)"|([^\s'"]+))[ \t]*(.*)$/gm
  let [section, group] = ['', 0]
  for (const match of text.matchAll(line)) {
    if (settings.length >= MOST_SETTINGS) break
    const [whole, word, single, double, bare, rest = ''] = match
    const name = single ?? double ?? bare ?? ''
    const quoted = /^(["'])(.*)\1\s*$/.exec(rest.trimEnd())
    const value = quoted ? (quoted[2] as string) : rest.replace(/[ \t]+#.*$/, '').trimEnd()
    if (word === 'config') {
      section = value === '' ? name : `${name}.${value}`
      group++
    } else if (value.length <= MOST_VALUE) {
      const offset = match.index + whole.length - rest.length + (quoted ? 1 : 0)
      settings.push({ section, group, key: name, value, quoted: quoted !== null, separator: ' ', offset })
    }
  }
  return settings
}
