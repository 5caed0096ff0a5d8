import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { casyncIndex } from './index.ts'

const INDEX = fixture('casync-index', 'image.caibx')

describe('casync-index', () => {
  it('ends with the tail of its table', () => {
    const inside = Buffer.concat([Buffer.alloc(48), INDEX, Buffer.alloc(480)])
    expect(casyncIndex.recognise(memoryBytes(inside), 48)).toEqual({ start: 48, end: 48 + INDEX.length })
  })

  it('refuses a table whose tail tells another size, and chunks that do not ascend', () => {
    const tail = Buffer.from(INDEX)
    tail[tail.length - 16] = (tail[tail.length - 16] as number) ^ 1
    expect(casyncIndex.recognise(memoryBytes(tail), 0)).toBeUndefined()
    const back = Buffer.from(INDEX)
    back.fill(0xff, 64, 72)
    expect(casyncIndex.recognise(memoryBytes(back), 0)).toBeUndefined()
  })
})

hostileSuite({ format: casyncIndex, fixture: INDEX })
