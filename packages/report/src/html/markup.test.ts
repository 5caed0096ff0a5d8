import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakable, html, raw } from './markup.ts'

describe('html', () => {
  it('escapes text, keeps markup, leaves out what is undefined', () => {
    expect(
      html`<p title="${'"\'&'}">${'<b>'}${raw('<i>')}${undefined}${[1, html`<u>${'>'}</u>`]}</p>`.markup,
    ).toBe('<p title="&quot;&#39;&amp;">&lt;b&gt;<i>1<u>&gt;</u></p>')
  })

  it('lets no text out of its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}${breakable(text)}`.markup.replaceAll('<wbr>', '')).not.toMatch(/[<>"'\n\0]/)
      }),
    )
  })

  it('breaks paths after their separators', () => {
    expect(html`${breakable('fw@0x0:fit/a')}`.markup).toBe('fw@<wbr>0x0:<wbr>fit/<wbr>a')
  })
})
