import { createHash } from 'node:crypto'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { lzfse } from './index.ts'

function unpacked(stream: Uint8Array): Buffer {
  const { content, end } = collectStream((write) => lzfse.decode(memoryBytes(stream), 0, write))
  expect(end).toEqual({ end: stream.length, checksum: 'none' })
  return content
}

describe('lzfse', () => {
  it.each([
    ['tables.lzfse', lines(1, 3000)],
    ['lzvn.lzfse', lines(1, 400)],
  ])('gives the text in %s', (name, text) => {
    expect(unpacked(fixture('lzfse', name)).toString()).toBe(text)
  })

  it('gives what is stored', () => {
    const noise = Array.from({ length: 40 }, (_, index) => createHash('sha256').update(`${index}`).digest())
    expect(unpacked(fixture('lzfse', 'stored.lzfse'))).toEqual(Buffer.concat(noise))
  })

  it('reads streams of several blocks', () => {
    const [first, second] = [fixture('lzfse', 'lzvn.lzfse'), fixture('lzfse', 'stored.lzfse')]
    const both = Buffer.concat([first.subarray(0, -4), second])
    expect(lzfse.recognise(memoryBytes(both), 0)).toBe(true)
    expect(unpacked(both).length).toBe(lines(1, 400).length + 1280)
  })
})

hostileSuite({
  format: lzfse,
  fixture: fixture('lzfse', 'tables.lzfse'),
  needsItsEnd: 'its last block comes last',
})
