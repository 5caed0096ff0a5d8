import { inflateSync } from 'node:zlib'

interface PdfObject {
  readonly head: string
  readonly stream?: string
}

/**
 * The text of a PDF as pdfkit writes it, by the fonts' own tables from glyph to character (ISO 32000-1, 9.10.3): for
 * tests. One line for each text that is shown.
 */
export function pdfText(pdf: Uint8Array): string {
  const objects = objectsOf(pdf)
  const fonts = new Map<string, ReadonlyMap<string, string>>()
  for (const { head } of objects.values()) {
    for (const [, name = '', font = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+)/.exec(objects.get(font)?.head ?? '')?.[1] ?? ''
      fonts.set(name, charactersOf(objects.get(table)?.stream ?? ''))
    }
  }
  const shown: string[] = []
  for (const { stream = '' } of objects.values()) {
    for (const [, font = '', texts = ''] of stream.matchAll(/\/(F\d+) [\d.]+ Tf\n(.*?)ET/gs)) {
      const glyphs = [...texts.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
      shown.push(glyphs.map((glyph) => fonts.get(font)?.get(glyph) ?? '\ufffd').join(''))
    }
  }
  return shown.join('\n')
}

function objectsOf(pdf: Uint8Array): ReadonlyMap<string, PdfObject> {
  const text = Buffer.from(pdf).toString('latin1')
  const found = new Map<string, PdfObject>()
  for (const [, number = '', body = ''] of text.matchAll(/(\d+) 0 obj\n(.*?)\nendobj/gs)) {
    const at = body.indexOf('stream\n')
    const head = at < 0 ? body : body.slice(0, at)
    const data = Buffer.from(body.slice(at + 7, body.lastIndexOf('\nendstream')), 'latin1')
    const packed = at >= 0 && head.includes('/FlateDecode') && !head.includes('/Subtype')
    found.set(number, packed ? { head, stream: inflateSync(data).toString('latin1') } : { head })
  }
  return found
}

function charactersOf(table: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, from = '', list = ''] of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[(.*?)\]/gs)) {
    const first = Number.parseInt(from, 16)
    list.match(/<[0-9a-f ]*>/g)?.forEach((code, at) => {
      const units = Buffer.from(code.replace(/[^0-9a-f]/g, ''), 'hex').swap16()
      found.set((first + at).toString(16).padStart(4, '0'), units.toString('utf16le'))
    })
  }
  return found
}
