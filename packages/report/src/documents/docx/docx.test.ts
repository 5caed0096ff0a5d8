import { readStrictZip } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { sampleDocument } from '../../testing/sample-document.ts'
import { writeDocx } from './write.ts'

const parts = readStrictZip(writeDocx(sampleDocument('de')), { members: 20, bytes: 1_000_000 })
const part = (name: string) => Buffer.from(parts.get(name) ?? []).toString('utf8')

describe('writeDocx', () => {
  it('has the parts of a document, each of them of a declared type', () => {
    const declared = [...part('[Content_Types].xml').matchAll(/PartName="\/(.*?)"/g)].map(([, name]) => name)
    const written = [...parts.keys()].filter((name) => !/\.rels$|^\[/.test(name))
    expect(declared.toSorted()).toEqual(written.toSorted())
  })

  it('has headings that Word knows, real tables with repeated headings, and lists that begin at 1', () => {
    const body = part('word/document.xml')
    expect(body.match(/<w:pStyle w:val="Heading1"\/>/g)).toHaveLength(4)
    expect(body.match(/<w:tbl>/g)).toHaveLength(4)
    expect(body.match(/<w:tblHeader\/>/g)).toHaveLength(2)
    expect([...new Set(body.match(/<w:numId w:val="\d"\/>/g))]).toHaveLength(3)
    expect(part('word/numbering.xml').match(/startOverride/g)).toHaveLength(2)
  })

  it('says product, day and title on each page, and its language', () => {
    expect(part('word/header.xml')).toContain('Horizon Gateway GW-1')
    expect(part('word/header.xml')).toContain('28. November 2026')
    expect(part('word/footer.xml')).toContain('Technische Unterlagen')
    expect(part('word/footer.xml')).toContain('NUMPAGES')
    expect(part('word/styles.xml')).toContain('<w:lang w:val="de-DE"/>')
    expect(part('docProps/core.xml')).toContain('2026-11-28T00:00:00Z')
  })

  it('carries hostile text as text', () => {
    expect(part('word/document.xml')).toContain('&lt;w:p&gt;&amp;&quot;\\x00')
    expect(part('word/document.xml')).toContain('Evil\\u{202e}')
    expect(part('word/_rels/document.xml.rels').match(/TargetMode="External"/g)).toHaveLength(1)
  })

  it('is the same for the same document', () => {
    expect(Buffer.compare(writeDocx(sampleDocument('en')), writeDocx(sampleDocument('en')))).toBe(0)
  })
})
