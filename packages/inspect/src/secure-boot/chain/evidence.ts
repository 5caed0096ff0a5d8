import type { Confidence, Text } from '@messlatte/model'
import type { EvidenceDraft, Observation } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { Judged } from './judge.ts'
import type { Path } from './model.ts'
import * as say from './say.ts'

const SECURE_BOOT = { provisions: provisions(['5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const

/** What a way of starting says as a whole; its links have evidence of their own. */
export function chainEvidence(path: Path): readonly EvidenceDraft[] {
  const { chain, steps } = path
  const [first] = steps
  const last = steps.at(-1)
  const broken = steps.find(({ state }) => state === 'broken')
  if (!first || !last) return []
  const common = { ...SECURE_BOOT, title: chain.summary, observation: observed(path) }
  switch (chain.verdict) {
    case 'refused':
      return []
    case 'open':
      return [
        {
          ...common,
          kind: 'boot.chain.open',
          polarity: 'neutral',
          place: last.node.place,
          confidence: { grade: 'medium', reason: say.REASON_OPEN },
        },
      ]
    case 'whole':
      return [
        {
          ...common,
          kind: 'boot.chain.whole',
          polarity: 'for',
          ...(path.level === undefined ? {} : { level: path.level }),
          place: last.node.place,
          confidence: { grade: 'high', reason: path.anchored ? say.REASON_ANCHORED : say.REASON_WHOLE },
        },
      ]
    case 'absent':
    case 'broken': {
      const at = broken ?? first
      return [
        {
          ...common,
          kind: `boot.chain.${chain.verdict}`,
          polarity: 'against',
          place: at.node.place,
          confidence: chain.verdict === 'absent' ? confidenceInAbsence(steps) : confidenceInBreak(at, steps),
          overturnedBy: say.OTHER_LAYER,
        },
      ]
    }
  }
}

/** A lone kernel or file system without any header says little: what verifies it may not be in what was handed in. */
function confidenceInAbsence(steps: readonly Judged[]): Confidence {
  return steps.some(({ node }) => node.link)
    ? { grade: 'medium', reason: say.REASON_ABSENT }
    : { grade: 'low', reason: say.REASON_LOOSE }
}

function confidenceInBreak(at: Judged, steps: readonly Judged[]): Confidence {
  const isBareSystem =
    at.node.kind === 'bare' && at.node.parts.some(({ stage }) => stage === 'root-file-system')
  const verifiedInitramfs = steps.some(
    ({ node, state }) => state === 'verified' && node.parts.some(({ stage }) => stage === 'initramfs'),
  )
  return isBareSystem && verifiedInitramfs
    ? { grade: 'low', reason: say.REASON_INITRAMFS }
    : { grade: 'medium', reason: say.REASON_BROKEN }
}

function observed({ chain }: Path): Observation {
  const title = ({ en }: Text) => en
  return {
    way: chain.name,
    ...(chain.alike.length > 0 ? { alike: chain.alike } : {}),
    steps: chain.steps.map(
      ({ title: stages, parts, state, scheme, level, algorithm, after, anchors, repeat }) => ({
        stages: title(stages),
        parts: parts.map(({ path }) => path),
        state,
        scheme,
        level,
        algorithm,
        verifiedBy: after,
        keys: anchors.map(({ fingerprint }) => fingerprint),
        repeat,
      }),
    ),
    open: chain.hardware
      .filter(({ answer }) => answer === null)
      .map(({ id, command }) => ({ id, command: command.en })),
  }
}
