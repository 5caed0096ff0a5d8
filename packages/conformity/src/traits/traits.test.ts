import type { Condition, TraitId } from '@messlatte/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EN303645_2020 } from '../catalogues/en303645-2020/index.ts'
import { EVIDENCE_KINDS } from '../kinds.ts'
import { testEvidence } from '../testing.ts'
import { evaluate, type Known, undecidedTraits } from './condition.ts'
import { DERIVATIONS, fitsKind } from './derivations.ts'
import { TRAITS } from './questions.ts'
import { resolveTraits } from './resolve.ts'

const A: Condition = { trait: 'constrained' }
const B: Condition = { trait: 'network-updates' }

function values(a: Known, b: Known) {
  return (trait: TraitId): Known => (trait === 'constrained' ? a : b)
}

describe('evaluate', () => {
  it.each([
    [true, true, true, true],
    [true, false, false, true],
    [true, null, null, true],
    [false, false, false, false],
    [false, null, false, null],
    [null, null, null, null],
  ] as const)('Kleene: %s and/or %s', (a, b, both, either) => {
    expect(evaluate({ all: [A, B] }, values(a, b))).toBe(both)
    expect(evaluate({ all: [B, A] }, values(a, b))).toBe(both)
    expect(evaluate({ any: [A, B] }, values(a, b))).toBe(either)
    expect(evaluate({ any: [B, A] }, values(a, b))).toBe(either)
  })

  it('negates what is known only', () => {
    expect(evaluate({ not: A }, values(true, null))).toBe(false)
    expect(evaluate({ not: A }, values(null, null))).toBe(null)
  })

  it('never changes a decided value when another answer comes in', () => {
    const known = fc.constantFrom(true, false, null)
    const condition = fc.letrec<{ node: Condition }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(A, B),
        fc.record({ not: tie('node') }),
        fc.record({ all: fc.array(tie('node'), { maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('node'), { maxLength: 3 }) }),
      ),
    })).node
    fc.assert(
      fc.property(condition, known, fc.boolean(), (tree, a, answer) => {
        const before = evaluate(tree, values(a, null))
        if (before !== null) expect(evaluate(tree, values(a, answer))).toBe(before)
        else expect(undecidedTraits(tree, values(a, null)).length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('undecidedTraits', () => {
  it('names only the answers that still matter', () => {
    expect(undecidedTraits({ all: [A, B] }, values(true, null))).toEqual(['network-updates'])
    expect(undecidedTraits({ all: [A, B] }, values(false, null))).toEqual([])
    expect(undecidedTraits({ any: [A, { not: B }] }, values(null, null))).toEqual([
      'constrained',
      'network-updates',
    ])
  })
})

describe('resolveTraits', () => {
  const weak = testEvidence('against', ['5.1-1'], { kind: 'account.password.weak' })

  it('knows nothing without statement and evidence', () => {
    const { list, held } = resolveTraits([], {})
    expect(list.map(({ id }) => id)).toEqual(TRAITS.map(({ id }) => id))
    expect(list.every(({ value, origin }) => value === null && origin === 'unknown')).toBe(true)
    expect(held('constrained')).toBe(null)
  })

  it('derives from evidence, and says from which', () => {
    const { list } = resolveTraits([weak], {})
    expect(list.find(({ id }) => id === 'passwords-used')).toEqual({
      id: 'passwords-used',
      value: true,
      origin: 'derived',
      because: [weak.id],
    })
  })

  it('derives nothing from low confidence, from locked accounts or from kinds that only look alike', () => {
    const others = [
      testEvidence('against', ['5.1-1'], { kind: 'account.password.weak', grade: 'low' }),
      testEvidence('neutral', ['5.1-1'], { kind: 'account.password.locked' }),
      testEvidence('neutral', ['5.1-1'], { kind: 'account.password.settings' }),
      testEvidence('neutral', ['5.3-2'], { kind: 'update.clientele' }),
    ]
    expect(resolveTraits(others, {}).list.filter(({ value }) => value !== null)).toEqual([])
  })

  it('lets a statement beat what was derived, and remembers the conflict', () => {
    const { held, shown, conflicts } = resolveTraits([weak], { 'passwords-used': false })
    expect(held('passwords-used')).toBe(false)
    expect(shown('passwords-used')).toBe(true)
    expect(conflicts.get('passwords-used')).toEqual([weak.id])
  })

  it('concludes from a statement, but never over a direct one', () => {
    expect(resolveTraits([], { 'network-updates': true }).held('update-mechanism')).toBe(true)
    expect(resolveTraits([], { 'update-mechanism': false }).held('network-updates')).toBe(false)
    const both = resolveTraits([], { 'update-mechanism': false, 'network-updates': true })
    expect([both.held('update-mechanism'), both.held('network-updates')]).toEqual([false, true])
  })

  it('derives nothing where two lines disagree', () => {
    const reason = { en: 'test', de: 'Test' }
    const table = [true, false].map((value) => ({
      trait: 'constrained' as const,
      value,
      kinds: ['test'],
      reason,
    }))
    expect(resolveTraits([testEvidence('neutral', [])], {}, table).held('constrained')).toBe(null)
  })
})

describe('tables', () => {
  it('derive from kinds that checks emit', () => {
    for (const { kinds } of DERIVATIONS) {
      for (const prefix of kinds) {
        expect(
          EVIDENCE_KINDS.some(({ kind }) => fitsKind(prefix, kind)),
          prefix,
        ).toBe(true)
      }
    }
  })

  it('name each kind once, with provisions that exist', () => {
    const ids = EN303645_2020.provisions.map(({ id }) => id)
    const kinds = EVIDENCE_KINDS.map(({ kind }) => kind)
    expect(new Set(kinds).size).toBe(kinds.length)
    for (const { kind, provisions } of EVIDENCE_KINDS) {
      expect(kind).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
      for (const id of provisions) expect(ids, kind).toContain(id)
    }
  })
})
