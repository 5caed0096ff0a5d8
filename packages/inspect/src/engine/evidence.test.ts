import type { Json } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { canonical } from './evidence.ts'

describe('what the id of evidence rests on', () => {
  it('is the same before a result is stored and after it is read back', () => {
    const observation = { b: 1, a: [{ z: undefined, y: 'x' }], c: undefined } as unknown as Json
    expect(canonical(observation)).toBe('{"a":[{"y":"x"}],"b":1}')
    expect(canonical(JSON.parse(JSON.stringify(observation)))).toBe(canonical(observation))
  })
})
