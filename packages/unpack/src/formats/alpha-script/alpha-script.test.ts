import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { alphaScript } from './index.ts'

const SCRIPT = '#!/bin/sh\nBOARD="7"\n./ddPack\nexit 0\n'
const TOOL = `=== ddPack Boundary ===\nbegin-base64 755 /dev/stdout\n${Buffer.from('a program').toString('base64').replace(/=+$/, '')}\n====\n`
const BORDER = '=== Firmware Boundary ===\n'
const IMAGE = Buffer.from(`REDSONIC${lines(1, 300)}`)

function updateOf(head: string, image: Buffer): Buffer {
  return Buffer.concat([Buffer.from(head), image])
}

describe('alpha-script', () => {
  it('gives script and tool, and ends before the image', () => {
    const { contents, problems, region } = collect(alphaScript, updateOf(SCRIPT + TOOL + BORDER, IMAGE))
    expect(problems).toEqual([])
    expect(region.end).toBe((SCRIPT + TOOL + BORDER).length)
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['script.sh', SCRIPT],
      ['ddPack', 'a program'],
    ])
  })

  it('turns round an image whose bits are the other way round', () => {
    const inverted = IMAGE.map((byte) => byte ^ 0xff)
    const { contents } = collect(alphaScript, updateOf(SCRIPT + BORDER, Buffer.from(inverted)))
    expect([...contents.keys()]).toEqual(['script.sh', 'image'])
    expect(contents.get('image')?.equals(IMAGE)).toBe(true)
  })

  it('refuses a script that only speaks of a border, or is none', () => {
    const echo = `${SCRIPT}echo "${BORDER.trim()}"\n`
    for (const text of [echo, `\n${SCRIPT}${BORDER}image`])
      expect(() => collect(alphaScript, Buffer.from(text))).toThrow('not recognised')
  })
})

hostileSuite({
  format: alphaScript,
  fixture: fixture('alpha-script', 'tool.fw'),
  needsItsEnd: 'the border that makes it one comes last',
})
