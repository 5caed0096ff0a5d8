import { describe, expect, it } from 'vitest'
import { pdfText } from '../../testing/pdf-text.ts'
import { sampleDocument } from '../../testing/sample-document.ts'
import { printable } from './glyphs.ts'
import { writePdf } from './write.ts'

describe('writePdf', () => {
  it('holds every text of the document, so that it can be read back', async () => {
    const text = pdfText(await writePdf(sampleDocument('de'))).replaceAll('\n', '')
    for (const expected of [
      'Technische Unterlagen',
      'Straße, Äpfel, § 5 · «Ölmaß» -> [U+4E2D]',
      'Größe „fünf“ – müßig, ≤ 3 € …',
      '5.7-59',
      'Lücke: kein Prüfbericht',
      'Evil\\u{202e}',
      'Seite 1 von ',
      'Ort und Datum',
      'niemand unterschrieben',
    ]) {
      expect(text, expected).toContain(expected)
    }
    expect(text).not.toContain('\ufffd')
  })

  it('repeats a table’s headings on each of its pages, and breaks long words within', async () => {
    const text = pdfText(await writePdf(sampleDocument('en')))
    const pages = text.match(/^Page $/gm)?.length ?? 0
    expect(text.match(/^Number$/gm)?.length).toBeGreaterThan(2)
    expect(pages).toBeGreaterThan(3)
    expect(text.replaceAll('\n', '')).toContain('a3f1'.repeat(16))
  })

  it.each(['en', 'de'] as const)(
    'says its title, language and day, and has bookmarks: %s',
    async (language) => {
      const pdf = Buffer.from(await writePdf(sampleDocument(language))).toString('latin1')
      expect(pdf).toContain(`/Lang (${language === 'de' ? 'de-DE' : 'en-GB'})`)
      expect(pdf).toContain('(D:20261128000000Z)')
      expect(pdf).toContain('/DisplayDocTitle true')
      expect(pdf.match(/\/Title /g)?.length).toBe(1 + 6)
    },
  )

  it('links to nothing but https addresses, and runs nothing', async () => {
    const pdf = Buffer.from(await writePdf(sampleDocument('en'))).toString('latin1')
    expect([...new Set([...pdf.matchAll(/\/URI \((.*?)\)/g)].map(([, uri]) => uri))]).toEqual([
      'https://eur-lex.europa.eu/eli/reg/2024/2847/oj',
    ])
    expect(pdf).not.toMatch(/\/JavaScript|\/OpenAction|\/Launch/)
  })

  it('embeds every font', async () => {
    const pdf = Buffer.from(await writePdf(sampleDocument('de'))).toString('latin1')
    const described = pdf.match(/\/Type \/FontDescriptor/g)?.length
    expect(described).toBeGreaterThan(0)
    expect(pdf.match(/\/FontFile2/g)?.length).toBe(described)
  })

  it('is the same for the same document', async () => {
    const one = await writePdf(sampleDocument('de'))
    expect(Buffer.compare(one, await writePdf(sampleDocument('de')))).toBe(0)
  })
})

describe('printable', () => {
  it('names what the font lacks, beyond the basic plane as well', () => {
    const font = new Set(Array.from('abü', (it) => it.codePointAt(0) ?? 0))
    expect(printable('aü\n→中😀', font)).toBe('aü\n->[U+4E2D][U+1F600]')
  })
})
