import { expect, it } from 'vitest'
import { addTally, emptyTally, finishTally, keep } from './tally.ts'

const note = { path: 'a', code: 'structure', message: 'it is torn' } as const

it('keeps a thousand notes of a kind, and counts the others', () => {
  const [part, whole] = [emptyTally(), emptyTally()]
  for (let i = 0; i < 1_250; i++) keep(part, 'damage', note)
  addTally(whole, part)
  addTally(whole, part)
  const { damage, omitted } = finishTally(whole)
  expect(damage).toHaveLength(1_000)
  expect(omitted).toEqual({ damage: 1_500 })
})

it('says nothing of others where there are none', () => {
  expect(finishTally(emptyTally())).not.toHaveProperty('omitted')
})
