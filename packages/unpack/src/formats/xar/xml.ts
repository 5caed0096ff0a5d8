import { FormatError } from '../../contract.ts'

/** An element with its text (what stands directly in it) and the elements in it. */
export interface XmlElement {
  readonly name: string
  /** As they stand in the tag. */
  readonly attributes: string
  text: string
  readonly children: XmlElement[]
}

const MOST_DEPTH = 512
const MOST_ELEMENTS = 2_000_000
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** As much of XML as a table of contents needs: elements, attributes and entities. Linear. @throws FormatError */
export function parseXml(source: string): XmlElement {
  const root: XmlElement = { name: '', attributes: '', text: '', children: [] }
  const open: XmlElement[] = [root]
  let count = 0
  for (const { 1: closing, 2: name = '', 3: attributes = '', 4: text } of source.matchAll(
    /<(\/?)([A-Za-z][\w.-]*)([^<>]*)>|([^<]+)/g,
  )) {
    const parent = open.at(-1) as XmlElement
    if (text !== undefined) parent.text += decoded(text)
    else if (closing === '/') {
      if (open.length < 2 || parent.name !== name)
        throw new FormatError('structure', `</${name}> ends nothing`)
      open.pop()
    } else {
      if (++count > MOST_ELEMENTS || open.length > MOST_DEPTH)
        throw new FormatError('structure', 'the table of contents is too large')
      const element = { name, attributes, text: '', children: [] }
      parent.children.push(element)
      if (!attributes.endsWith('/')) open.push(element)
    }
  }
  return root
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return point <= 0x10_ffff ? String.fromCodePoint(point) : whole
  })
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name)
}

/** The text of a child without the space around it; empty where there is none. */
export function textOf(element: XmlElement | undefined, name: string): string {
  return childOf(element, name)?.text.trim() ?? ''
}

/** A whole number; undefined where there is none. */
export function numberOf(element: XmlElement | undefined, name: string): number | undefined {
  const text = textOf(element, name)
  const value = Number(text)
  return /^\d{1,16}$/.test(text) && Number.isSafeInteger(value) ? value : undefined
}

/** The value of an attribute in double quotes; empty where there is none. */
export function attributeOf(element: XmlElement | undefined, name: string): string {
  const start = element?.attributes.indexOf(`${name}="`) ?? -1
  if (!element || start < 0) return ''
  const from = start + name.length + 2
  const end = element.attributes.indexOf('"', from)
  return end < 0 ? '' : element.attributes.slice(from, end)
}
