/** What is not read, and why. */
export class XmlError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'XmlError'
  }
}

export type XmlAttributes = ReadonlyMap<string, string>

/** Told of elements and text in their order; names come without their prefixes. */
export interface XmlVisitor {
  open(name: string, attributes: XmlAttributes): void
  /** Text and CDATA sections, with line ends as one line feed. */
  text(text: string): void
  close(name: string): void
}

const MOST_DEPTH = 64
const MOST_ATTRIBUTES = 100
const MOST_NAME = 200
/** Characters of one text or attribute. */
const MOST_TEXT = 1024 * 1024
/** No entity is known but these five and numbers: nothing can grow, and nothing outside is fetched. */
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const NAME = /[^\s/>=]+/y
const ATTRIBUTE = /\s+([^\s/>=]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y

/**
 * Reads XML 1.0 of strangers. Document types are refused, so that there are no entities of their own and no addresses; what
 * is not well-formed is refused. Bounds: 64 levels, 100 attributes, names of 200 and texts of 1,048,576 characters; work grows with
 * the text.
 * @throws XmlError
 */
export function readXml(source: string, visitor: XmlVisitor): void {
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source
  const open: string[] = []
  let seen = false
  for (let at = 0; at < text.length; ) {
    const tag = text.indexOf('<', at)
    const end = tag < 0 ? text.length : tag
    if (end > at) {
      if (open.length > 0) visitor.text(unescaped(text.slice(at, end)))
      else if (text.slice(at, end).trim() !== '') throw new XmlError('text stands outside of the root')
    }
    if (tag < 0) break
    if (text.startsWith('<!--', tag)) at = behind(text, '-->', tag + 4)
    else if (text.startsWith('<?', tag)) at = behind(text, '?>', tag + 2)
    else if (text.startsWith('<![CDATA[', tag)) {
      at = behind(text, ']]>', tag + 9)
      if (open.length === 0) throw new XmlError('text stands outside of the root')
      visitor.text(lineEnds(text.slice(tag + 9, at - 3)))
    } else if (text.startsWith('<!', tag))
      throw new XmlError('it has a document type; such files are not read')
    else if (text.startsWith('</', tag)) at = close(text, tag, open, visitor)
    else {
      if (open.length === 0 && seen) throw new XmlError('it has more than one root')
      seen = true
      at = element(text, tag, open, visitor)
    }
  }
  if (open.length > 0 || !seen) throw new XmlError('it ends too early')
}

function behind(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  if (at < 0) throw new XmlError('it ends too early')
  return at + mark.length
}

function close(text: string, tag: number, open: string[], visitor: XmlVisitor): number {
  const end = behind(text, '>', tag)
  const name = text.slice(tag + 2, end - 1).trim()
  if (open.pop() !== name) throw new XmlError(`</${name.slice(0, MOST_NAME)}> closes nothing`)
  visitor.close(local(name))
  return end
}

function element(text: string, tag: number, open: string[], visitor: XmlVisitor): number {
  NAME.lastIndex = tag + 1
  const name = NAME.exec(text)?.[0] ?? ''
  if (name === '' || name.length > MOST_NAME)
    throw new XmlError('an element without a name, or with too long a one')
  const attributes = new Map<string, string>()
  let at = tag + 1 + name.length
  for (;;) {
    ATTRIBUTE.lastIndex = at
    const found = ATTRIBUTE.exec(text)
    if (!found) break
    const key = found[1] as string
    if (attributes.size >= MOST_ATTRIBUTES || attributes.has(key))
      throw new XmlError(`<${name}> has too many attributes, or one twice`)
    attributes.set(key, unescaped(found[2] ?? found[3] ?? ''))
    at += found[0].length
  }
  while (' \t\r\n'.includes(text[at] ?? '-')) at++
  const empty = text[at] === '/'
  if (empty) at++
  if (text[at] !== '>') throw new XmlError(`<${name}> is not well-formed`)
  if (open.length >= MOST_DEPTH) throw new XmlError(`it has more than ${MOST_DEPTH} levels`)
  visitor.open(local(name), attributes)
  if (empty) visitor.close(local(name))
  else open.push(name)
  return at + 1
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function lineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

/** References after line ends: a carriage return that was written as one stays. */
function unescaped(text: string): string {
  if (text.length > MOST_TEXT) throw new XmlError('a text is longer than any is')
  const plain = lineEnds(text)
  if (!plain.includes('&')) return plain
  return plain.replace(/&([^;&]{0,12}(;?))/g, (_, found: string, ends: string) => {
    if (ends === '') throw new XmlError('a reference has no end')
    const reference = found.slice(0, -1)
    const known = Object.hasOwn(ENTITIES, reference) ? ENTITIES[reference] : undefined
    if (known !== undefined) return known
    const number = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(reference)
    const code = number ? Number.parseInt(number[1] ?? number[2] ?? '', number[1] ? 16 : 10) : Number.NaN
    if (!(code > 0 && code <= 0x10ffff))
      throw new XmlError(`&${reference}; is not known; such files are not read`)
    return String.fromCodePoint(code)
  })
}
