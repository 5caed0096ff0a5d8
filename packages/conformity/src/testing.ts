import { createHash } from 'node:crypto'
import type { Evidence } from '@messlatte/model'

/** Evidence for tests on provisions of the 2020 edition: what a test does not say is of no account to verdicts. */
export function testEvidence(
  polarity: Evidence['polarity'],
  provisions: readonly string[],
  more: Partial<Omit<Evidence, 'provisions' | 'polarity'>> & {
    readonly grade?: 'high' | 'medium' | 'low'
  } = {},
): Evidence {
  const { grade = 'high', ...rest } = more
  const kind = more.kind ?? 'test.seen'
  const path = more.path ?? 'fw.bin@0x0:squashfs/etc/passwd'
  return {
    id: createHash('sha256')
      .update([polarity, kind, path, grade, ...provisions].join('\n'))
      .digest('hex'),
    check: 'test.check',
    checkVersion: 1,
    provisions: provisions.map((id) => ({ edition: 'en303645-2020', id })),
    cases: [],
    polarity,
    kind,
    path,
    offset: 0,
    length: 1,
    sha256: '00'.repeat(32),
    title: { en: `Seen: ${kind}`, de: `Gesehen: ${kind}` },
    observation: null,
    confidence: { grade, reason: { en: 'made for a test', de: 'für einen Test gemacht' } },
    ...rest,
  }
}
