import type { Confidence, Text } from '@messlatte/model'
import type { EvidenceDraft, Fact } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { KnownKey } from '../../known-keys/index.ts'
import { printable } from '../printable.ts'
import { strengthOf } from '../private-keys/strength.ts'
import * as say from './say.ts'

/** Options after which the key opens one command, or an account without a terminal and forwarding. */
const NARROW = new Set(['command', 'restrict', 'from', 'expiry-time'])

export function keyEvidence(
  { place, data }: Fact<'login.key'>,
  known: KnownKey | undefined,
  server: string | undefined,
): EvidenceDraft {
  const { identity, type, fingerprint, options, comment } = data
  const user = printable(data.user)
  const strength = identity && strengthOf(identity)
  const common = {
    polarity: 'against' as const,
    place,
    observation: {
      user,
      file: place.inner,
      type,
      bits: identity?.bits ?? null,
      fingerprint,
      spkiSha256: identity?.spkiSha256 ?? null,
      options,
      comment,
      server: server ?? null,
      ...(strength ? { sogis: strength.sogis, tr02102: strength.tr02102 } : {}),
      repeat: `ssh-keygen -l -E sha256 -f ${place.inner}`,
    },
    overturnedBy: say.PROVISIONING,
  }
  const narrow = options.some((option) => NARROW.has(option))
  if (known) {
    return {
      ...common,
      kind: 'login.key.known',
      provisions: provisions(['5.4-3', '5.5-5']),
      cases: cases('5.4-3-1', '5.4-3-2', '5.5-5-1', '5.5-5-2'),
      title: say.known(user, known.what),
      observation: { ...common.observation, published: known.id },
      confidence: confidence(say.KNOWN_REASON, 'high', server, narrow),
    }
  }
  return {
    ...common,
    kind: 'login.key.fixed',
    provisions: provisions(['5.6-1']),
    cases: cases('5.6-1-1', '5.6-1-2'),
    title: options.includes('cert-authority') ? say.authority(user) : say.fixed(user),
    confidence: confidence(say.FIXED_REASON, 'medium', server, narrow),
  }
}

export function samplesEvidence({ place }: Fact<'login.key'>, count: number): EvidenceDraft {
  return {
    kind: 'login.key.sample',
    polarity: 'neutral',
    provisions: provisions(['5.4-3']),
    cases: cases('5.4-3-2'),
    place,
    title: say.samples(count),
    observation: { file: place.inner, keys: count },
    confidence: { grade: 'medium', reason: say.SAMPLE_REASON },
  }
}

/** One step down for each thing that may keep the key from opening the device. */
function confidence(
  reason: Text,
  grade: 'high' | 'medium',
  server: string | undefined,
  narrow: boolean,
): Confidence {
  const doubts = [...(server === undefined ? [say.NO_SERVER] : []), ...(narrow ? [say.NARROW] : [])]
  const steps = ['high', 'medium', 'low'] as const
  const text = [reason, ...doubts]
  return {
    grade: steps[Math.min(2, steps.indexOf(grade) + doubts.length)] ?? 'low',
    reason: { en: text.map(({ en }) => en).join(' '), de: text.map(({ de }) => de).join(' ') },
  }
}
