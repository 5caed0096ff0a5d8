import type { Evidence } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { byKind } from './reasons.ts'

const seen = (id: string, kind: string, en: string): Evidence => ({
  id,
  check: 'c',
  checkVersion: 1,
  provisions: [],
  cases: [],
  polarity: 'against',
  kind,
  path: 'fw.bin',
  offset: 0,
  length: 0,
  sha256: '',
  title: { en, de: `${en} (de)` },
  observation: {},
  confidence: { grade: 'high', reason: { en: '', de: '' } },
})

describe('byKind', () => {
  it('has a reason for each kind, and one for kinds that say the same', () => {
    const list = [
      seen('1', 'b', 'a key'),
      seen('2', 'a', 'a key'),
      seen('3', 'b', 'a token'),
      seen('4', 'c', 'x'),
    ]
    expect(byKind(list)).toEqual([
      {
        text: { en: 'a key (and 2 more of this kind)', de: 'a key (de) (und 2 weitere dieser Art)' },
        evidence: ['2', '1', '3'],
      },
      { text: { en: 'x', de: 'x (de)' }, evidence: ['4'] },
    ])
  })
})
