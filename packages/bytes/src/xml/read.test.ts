import { describe, expect, it } from 'vitest'
import { readXml, XmlError } from './read.ts'

describe('readXml', () => {
  const nothing = { open() {}, text() {}, close() {} }

  it.each([
    ['<a><b></a></b>', /closes nothing/],
    ['<a/><b/>', /more than one root/],
    ['text', /outside of the root/],
    ['<a b="1" b="2"/>', /one twice/],
    ['<a b=1/>', /not well-formed/],
    ['<a>&#0;</a>', /not known/],
    ['<a>&amp</a>', /no end/],
    ['<a><!-- ', /ends too early/],
    ['', /ends too early/],
    [`<a>${'&amp;'.repeat(300_000)}</a>`, /longer than any/],
    ['<a>'.repeat(100), /more than 64 levels/],
    ['<!DOCTYPE a SYSTEM "http://example.org/x"><a/>', /document type/],
  ])('refuses %.30s', (text, words) => {
    expect(() => readXml(text, nothing)).toThrow(words)
    expect(() => readXml(text, nothing)).toThrow(XmlError)
  })

  it('reads text with references, CDATA and line ends', () => {
    let found = ''
    readXml('<?xml version="1.0"?><a>x&lt;&#x41;&#65;\r\n<![CDATA[<&amp;>]]><!-- no --></a>', {
      ...nothing,
      text: (text) => {
        found += text
      },
    })
    expect(found).toBe('x<AA\n<&amp;>')
  })
})
