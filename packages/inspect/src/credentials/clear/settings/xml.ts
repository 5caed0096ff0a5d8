import { MOST_SETTINGS, MOST_VALUE, type Setting } from './setting.ts'

const MOST_DEPTH = 64
const TAG = /<!--[\s\S]{0,65536}?-->|<(\/?)([A-Za-z_][\w.:-]{0,100})([^<>]{0,4096})>([^<]{0,4096})/g
const ATTRIBUTE = /([A-Za-z_][\w.:-]{0,100})[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')/g
/** Attributes that name what the value belongs to, as in `<Value Name="UserPassword" Value="…"/>`. */
const NAMING = /^(?:name|key|id|param(?:eter)?|field)$/i
const VALUING = /^(?:value|val|default|data)$/i

/** Texts of elements and values of attributes. A pair of `name` and `value` is one setting. */
export function readXml(text: string): readonly Setting[] {
  const settings: Setting[] = []
  const open: { readonly name: string; readonly group: number }[] = []
  let groups = 0
  for (const match of text.matchAll(TAG)) {
    const [whole, closing, name, inside = '', content = ''] = match
    if (name === undefined || settings.length >= MOST_SETTINGS) continue
    if (closing === '/') {
      const at = open.findLastIndex((one) => one.name === name)
      if (at >= 0) open.length = at
      continue
    }
    const place = { section: open.map((one) => one.name).join('.'), group: open.at(-1)?.group ?? 0 }
    const insideAt = match.index + 1 + name.length
    const named = attributes(inside, insideAt)
    settings.push(...pairs(named, name, place, ++groups))
    if (inside.endsWith('/')) continue
    const value = content.trim()
    const naming = named.find(({ key }) => NAMING.test(key))?.value
    if (value !== '' && value.length <= MOST_VALUE) {
      const offset = match.index + whole.length - content.length + content.indexOf(value)
      settings.push({
        ...place,
        key: naming ?? name,
        value: plain(value),
        quoted: true,
        separator: 'element',
        offset,
      })
    }
    if (open.length < MOST_DEPTH) open.push({ name, group: groups })
  }
  return settings
}

type Attribute = Pick<Setting, 'key' | 'offset' | 'value'>

function attributes(inside: string, at: number): readonly Attribute[] {
  return [...inside.matchAll(ATTRIBUTE)].map((match) => {
    const value = match[2] ?? match[3] ?? ''
    return {
      key: match[1] as string,
      value: plain(value),
      offset: at + match.index + match[0].length - 1 - value.length,
    }
  })
}

function pairs(
  all: readonly Attribute[],
  element: string,
  around: Pick<Setting, 'group' | 'section'>,
  group: number,
): readonly Setting[] {
  const naming = all.find(({ key }) => NAMING.test(key))
  const valuing = all.find(({ key }) => VALUING.test(key))
  if (naming && valuing) {
    return [
      {
        ...around,
        key: naming.value,
        value: valuing.value,
        quoted: true,
        separator: 'attribute',
        offset: valuing.offset,
      },
    ]
  }
  const section = [around.section, element].filter(Boolean).join('.')
  return all.map((one) => ({ ...one, section, group, quoted: true, separator: 'attribute' }))
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function plain(value: string): string {
  return value.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] as string)
}
