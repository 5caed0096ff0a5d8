import { describe, expect, it } from 'vitest'
import { CHECKS } from '../checks.ts'
import type { Check, FactKind } from '../contract.ts'
import { inOrderOfNeeds } from './order.ts'

function planted(id: string, needs: readonly FactKind[], gives: readonly FactKind[]): Check {
  return { ...(CHECKS[0] as Check), id, needs, gives }
}

describe('the order in which checks conclude', () => {
  it('has every check once, behind all that give what it needs', () => {
    const order = inOrderOfNeeds(CHECKS)
    expect(order.map(({ id }) => id).toSorted()).toEqual(CHECKS.map(({ id }) => id).toSorted())
    for (const [at, { needs }] of order.entries()) {
      for (const later of order.slice(at))
        for (const kind of needs ?? []) expect(later.gives ?? []).not.toContain(kind)
    }
  })

  it('has every needed kind given by some check', () => {
    const given = new Set<FactKind>(CHECKS.flatMap(({ gives }) => gives ?? []))
    for (const { needs } of CHECKS) for (const kind of needs ?? []) expect(given).toContain(kind)
  })

  it('keeps the order of the registry where nothing waits', () => {
    const checks = [planted('a', [], []), planted('b', [], []), planted('c', [], [])]
    expect(inOrderOfNeeds(checks)).toEqual(checks)
  })

  it('refuses checks that wait for each other, over any number of steps, and for themselves', () => {
    const [link, image, key] = ['chain.link', 'boot.fit', 'key.private'] as const
    expect(() => inOrderOfNeeds([...CHECKS, planted('planted', [image], [key])])).toThrow(/planted/)
    expect(() => inOrderOfNeeds([planted('a', [link], [image]), planted('b', [image], [link])])).toThrow(
      'a, b',
    )
    expect(() =>
      inOrderOfNeeds([
        planted('a', [link], [image]),
        planted('b', [image], [key]),
        planted('c', [key], [link]),
      ]),
    ).toThrow('a, b, c')
    expect(() => inOrderOfNeeds([planted('a', [link], [link])])).toThrow('a')
  })
})
